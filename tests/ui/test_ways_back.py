"""Back leads where one came from, whichever way that was."""

from retention_desktop.ui.agreed.screen import AgreedScreen
from retention_desktop.ui.insights.behind import BehindPage
from retention_desktop.ui.journal.record_page import RecordPage
from retention_desktop.ui.journal.screen import JournalScreen
from retention_desktop.ui.people.person_page import PersonPage
from retention_desktop.ui.review.screen import ReviewScreen
from retention_desktop.ui.share.screen import ShareScreen
from retention_desktop.ui.today.screen import TodayScreen

from .test_people import known as known
from .test_people import manager as manager
from .test_people import open_person
from .test_review import due_vault as due_vault
from .test_review import looker as looker
from .user import User


def test_from_a_record_of_a_person_one_is_with_the_person_again(manager: User) -> None:
    open_person(manager, "Kestrel")
    manager.press("Our agreement. ")
    manager.screen(RecordPage)
    manager.key("Escape")
    assert manager.screen(PersonPage).heading.text() == "Kestrel"


def test_from_what_was_agreed_with_a_person_one_is_with_the_person_again(manager: User) -> None:
    open_person(manager, "Kestrel")
    manager.press("Ask about the course. ")
    manager.screen(AgreedScreen)
    manager.key("Escape")
    assert manager.screen(PersonPage).heading.text() == "Kestrel"


def test_from_a_record_of_the_journal_one_is_in_the_same_search(manager: User) -> None:
    manager.go("journal")
    manager.type("heron", into="Search what you wrote")
    manager.settle()
    manager.key("Return")
    manager.key("Return")
    manager.screen(RecordPage)
    manager.key("Escape")
    manager.screen(JournalScreen)
    assert [head.person for head in manager.screen(JournalScreen).heads()] == ["Kestrel"]


def test_from_behind_a_bar_of_insights_one_is_behind_the_bar_again(manager: User) -> None:
    manager.go("insights")
    manager.press("Flexibility and autonomy")
    heading = manager.screen(BehindPage).heading.text()
    manager.press("Our agreement")
    manager.screen(RecordPage)
    manager.key("Escape")
    assert manager.screen(BehindPage).heading.text() == heading


def test_sharing_lies_between_a_record_and_nothing_else(manager: User) -> None:
    open_person(manager, "Kestrel")
    manager.press("Our agreement. ")
    manager.press("Share a summary")
    manager.screen(ShareScreen)
    manager.key("Escape")
    manager.screen(RecordPage)
    manager.key("Escape")
    manager.screen(PersonPage)


def test_a_look_at_what_came_back_ends_where_it_began_and_says_so(manager: User) -> None:
    manager.go("agreed")
    manager.key("Return")
    manager.key("Return")
    manager.press("Look at it now")
    manager.screen(ReviewScreen)
    manager.press("Keep: it goes on as it is")
    manager.key("Ctrl+Return")
    manager.screen(AgreedScreen)
    assert manager.message


def test_the_record_of_a_look_leads_back_to_the_look_and_that_to_today(looker: User) -> None:
    looker.go("today")
    looker.press("Look again: Look once with Person A")
    looker.press("Read the record")
    looker.screen(RecordPage)
    looker.key("Escape")
    looker.screen(ReviewScreen)
    looker.key("Escape")
    looker.screen(TodayScreen)
