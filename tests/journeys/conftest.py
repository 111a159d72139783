"""The window and the vault of the window's own tests."""

from tests.ui.conftest import data_dir, empty_vault, open_window, plain_theme

__all__ = ["data_dir", "empty_vault", "open_window", "plain_theme"]
