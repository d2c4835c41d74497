"""The game's themes, and the colours a map takes from each."""

from dataclasses import dataclass

from textual.theme import Theme

DARK = Theme(
    name="chancery-dark",
    primary="#7d9cc0",
    secondary="#8f8a7a",
    accent="#d9b66f",
    warning="#d9a05b",
    error="#cf7468",
    success="#87ab83",
    foreground="#d9d6cc",
    background="#14171c",
    surface="#191d23",
    panel="#20252d",
    dark=True,
    variables={
        "text-muted": "#8b9099",
        "border": "#3a424e",
        "border-blurred": "#2c323b",
        "footer-key-foreground": "#d9b66f",
        "footer-background": "#191d23",
        "block-cursor-background": "#2f3947",
        "block-cursor-foreground": "#f2efe6",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#232a33",
        "block-cursor-blurred-foreground": "#d9d6cc",
        "input-selection-background": "#7d9cc0 35%",
    },
)
LIGHT = Theme(
    name="chancery-light",
    primary="#3f658f",
    secondary="#7b7464",
    accent="#8a5f16",
    warning="#94590f",
    error="#a3392d",
    success="#3f6f3c",
    foreground="#2a2c30",
    background="#f3f0e7",
    surface="#faf8f1",
    panel="#e8e3d5",
    dark=False,
    variables={
        "text-muted": "#6d6a62",
        "border": "#b3ac9a",
        "border-blurred": "#cfc9ba",
        "footer-key-foreground": "#8a5f16",
        "footer-background": "#e8e3d5",
        "block-cursor-background": "#d5dde6",
        "block-cursor-foreground": "#1d1f22",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#e6e6e0",
        "block-cursor-blurred-foreground": "#2a2c30",
    },
)
SAFE = Theme(
    name="chancery-safe",
    primary="#56b4e9",
    secondary="#999999",
    accent="#f0e442",
    warning="#e69f00",
    error="#d55e00",
    success="#009e73",
    foreground="#e4e4e4",
    background="#101214",
    surface="#16191c",
    panel="#1f2327",
    dark=True,
    variables={
        "text-muted": "#a0a4a8",
        "border": "#4a5158",
        "border-blurred": "#33393f",
        "footer-key-foreground": "#f0e442",
        "footer-background": "#16191c",
        "block-cursor-background": "#2b3a4a",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#23292f",
        "block-cursor-blurred-foreground": "#e4e4e4",
    },
)
THEMES = (DARK, LIGHT, SAFE)

TITLES = {
    DARK.name: "Dark",
    LIGHT.name: "Light",
    SAFE.name: "Colour-blind safe",
}
"""Theme -> its name for the player, in the order of the settings."""

RGB = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class MapColours:
    """The colours of a map under a theme."""

    sea: RGB
    coast: RGB
    nobody: RGB
    """Of land without a state."""
    ink: RGB
    """Of borders; mixed with the colour of the land."""
    paper: RGB
    """Mixed into the colour of dimmed states."""
    label: RGB
    calm: RGB
    """The low end of the scale of power and threat."""
    grave: RGB
    """The high end."""
    mine: RGB
    ally: RGB
    foe: RGB
    bloc: RGB
    """Of other states in a bloc."""
    neutral: RGB
    owners: tuple[RGB, ...] = ()
    """Colours of states, if the theme has its own; empty: the map's."""


MAP_COLOURS = {
    DARK.name: MapColours(
        sea=(24, 31, 41), coast=(31, 41, 54), nobody=(58, 58, 56), ink=(16, 18, 22),
        paper=(34, 38, 44), label=(245, 242, 232), calm=(52, 62, 72), grave=(205, 92, 74),
        mine=(217, 182, 111), ally=(111, 155, 120), foe=(190, 92, 82), bloc=(108, 116, 142),
        neutral=(66, 72, 80),
    ),
    LIGHT.name: MapColours(
        sea=(206, 217, 224), coast=(190, 205, 215), nobody=(214, 209, 196), ink=(70, 66, 58),
        paper=(232, 228, 216), label=(24, 24, 26), calm=(226, 222, 208), grave=(176, 58, 46),
        mine=(196, 148, 54), ally=(112, 158, 112), foe=(190, 96, 84), bloc=(140, 150, 178),
        neutral=(206, 202, 190),
    ),
    SAFE.name: MapColours(
        sea=(20, 24, 30), coast=(30, 36, 44), nobody=(64, 64, 64), ink=(10, 10, 10),
        paper=(38, 40, 44), label=(255, 255, 255), calm=(44, 58, 92), grave=(240, 228, 66),
        mine=(240, 228, 66), ally=(0, 158, 115), foe=(213, 94, 0), bloc=(86, 120, 170),
        neutral=(80, 84, 90),
        owners=(
            (86, 150, 200), (200, 130, 20), (0, 130, 100), (196, 90, 30), (170, 110, 150),
            (0, 96, 150), (170, 160, 70), (110, 110, 116), (120, 180, 210), (130, 80, 50),
        ),
    ),
}  # fmt: skip
"""Theme -> its map's colours; other themes use those of the dark or the light theme."""


def map_colours(theme: Theme) -> MapColours:
    """The map's colours under a theme."""
    fallback = DARK.name if theme.dark else LIGHT.name
    return MAP_COLOURS.get(theme.name, MAP_COLOURS[fallback])


def mix(first: RGB, second: RGB, share: float) -> RGB:
    """A mixture of two colours, with a share (0 to 1) of `second`."""
    return (
        round(first[0] + (second[0] - first[0]) * share),
        round(first[1] + (second[1] - first[1]) * share),
        round(first[2] + (second[2] - first[2]) * share),
    )
