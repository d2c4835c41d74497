"""Where each screen is, so that it is loaded when it is first opened and not before."""

from importlib import import_module
from typing import Any

from textual.screen import Screen

SCREENS = {
    "aid": "game.tui.screens.aid:AidDialog",
    "answers": "game.tui.screens.answers:AnswersScreen",
    "ask": "game.tui.screens.ask:Ask",
    "briefing": "game.tui.screens.briefing:Briefing",
    "budget": "game.tui.screens.budget:BudgetDialog",
    "campaign": "game.tui.screens.campaign:CampaignScreen",
    "debrief": "game.tui.screens.debrief:DebriefScreen",
    "demand": "game.tui.screens.demand:DemandDialog",
    "dossier": "game.tui.screens.dossier:DossierScreen",
    "help": "game.tui.screens.help:HelpScreen",
    "influence": "game.tui.screens.influence:InfluenceDialog",
    "invite": "game.tui.screens.invite:InviteDialog",
    "laboratory": "game.tui.screens.laboratory:LaboratoryScreen",
    "maps": "game.tui.screens.maps:MapsScreen",
    "matter": "game.tui.screens.matter:MatterDialog",
    "new_campaign": "game.tui.screens.new_campaign:NewCampaignScreen",
    "notebook": "game.tui.screens.notebook:NotebookScreen",
    "report": "game.tui.screens.report:ReportScreen",
    "saves": "game.tui.screens.saves:SavesScreen",
    "settings": "game.tui.screens.settings:SettingsScreen",
    "title": "game.tui.screens.title:TitleScreen",
    "treaties": "game.tui.screens.treaties:TreatiesScreen",
    "treaty_desk": "game.tui.screens.treaty_desk:TreatyDesk",
    "turn_map": "game.tui.screens.turn_map:TurnMap",
    "war": "game.tui.screens.war_room:WarRoom",
}
"""Name -> module and class."""


def screen(name: str, *arguments: Any, **options: Any) -> Screen[Any]:
    """A new screen of that name. Raises KeyError for an unknown one."""
    module, _, made = SCREENS[name].partition(":")
    maker = getattr(import_module(module), made)
    result: Screen[Any] = maker(*arguments, **options)
    return result
