"""The module and class of each screen; a screen is imported when it is first opened."""

from importlib import import_module
from inspect import getfile
from pathlib import Path
from typing import Any

from textual.screen import Screen

from game.tui.actions import DIALOG_OF

SCREENS = {
    **{dialog.screen: dialog.place for dialog in DIALOG_OF.values()},
    "answers": "game.tui.screens.answers_screen:AnswersScreen",
    "ask": "game.tui.screens.choice_box:ChoiceBox",
    "briefing": "game.tui.screens.briefing_screen:Briefing",
    "campaign": "game.tui.screens.campaign_screen:CampaignScreen",
    "chronicle": "game.tui.screens.chronicle_screen:ChronicleScreen",
    "debrief": "game.tui.screens.debrief_screen:DebriefScreen",
    "dossier": "game.tui.screens.dossier_screen:DossierScreen",
    "hall": "game.tui.screens.hall_screen:HallScreen",
    "help": "game.tui.screens.help_screen:HelpScreen",
    "invite": "game.tui.screens.invite_dialog:InviteDialog",
    "keys": "game.tui.screens.keys_screen:KeysScreen",
    "laboratory": "game.tui.screens.laboratory_screen:LaboratoryScreen",
    "map_editor": "game.tui.map_editor.map_editor_screen:MapEditor",
    "maps": "game.tui.screens.maps_screen:MapsScreen",
    "matter": "game.tui.screens.matter_dialog:MatterDialog",
    "new_campaign": "game.tui.screens.new_campaign_screen:NewCampaignScreen",
    "notebook": "game.tui.screens.notebook_screen:NotebookScreen",
    "report": "game.tui.screens.report_screen:ReportScreen",
    "saves": "game.tui.screens.saves_screen:SavesScreen",
    "settings": "game.tui.screens.settings_screen:SettingsScreen",
    "title": "game.tui.screens.title_screen:TitleScreen",
    "turn_map": "game.tui.screens.turn_map_screen:TurnMap",
}
"""Name -> module and class; the dialogs that make orders are told of in `actions`."""


def screen(name: str, *arguments: Any, **options: Any) -> Screen[Any]:
    """A new screen of that name. Raises KeyError for an unknown one."""
    return screen_class(name)(*arguments, **options)


def screen_class(name: str) -> type[Screen[Any]]:
    """The class of the screens of that name, which is imported. Raises KeyError as `screen`."""
    module, _, made = SCREENS[name].partition(":")
    kind: type[Screen[Any]] = getattr(import_module(module), made)
    return kind


def style_paths(kind: type[Screen[Any]]) -> list[Path]:
    """The files with the style of a class of screens, as Textual names them."""
    folder = Path(getfile(kind)).parent
    return [(folder / kind.CSS_PATH).resolve()] if isinstance(kind.CSS_PATH, str) else []
