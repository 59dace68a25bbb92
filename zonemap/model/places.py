"""The states of the United States with the District of Columbia and the territories, by their USPS letters."""

from __future__ import annotations

from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from zonemap.errors import Invalid

STATES = MappingProxyType(
    {
        "AL": "Alabama",
        "AK": "Alaska",
        "AZ": "Arizona",
        "AR": "Arkansas",
        "CA": "California",
        "CO": "Colorado",
        "CT": "Connecticut",
        "DE": "Delaware",
        "DC": "District of Columbia",
        "FL": "Florida",
        "GA": "Georgia",
        "HI": "Hawaii",
        "ID": "Idaho",
        "IL": "Illinois",
        "IN": "Indiana",
        "IA": "Iowa",
        "KS": "Kansas",
        "KY": "Kentucky",
        "LA": "Louisiana",
        "ME": "Maine",
        "MD": "Maryland",
        "MA": "Massachusetts",
        "MI": "Michigan",
        "MN": "Minnesota",
        "MS": "Mississippi",
        "MO": "Missouri",
        "MT": "Montana",
        "NE": "Nebraska",
        "NV": "Nevada",
        "NH": "New Hampshire",
        "NJ": "New Jersey",
        "NM": "New Mexico",
        "NY": "New York",
        "NC": "North Carolina",
        "ND": "North Dakota",
        "OH": "Ohio",
        "OK": "Oklahoma",
        "OR": "Oregon",
        "PA": "Pennsylvania",
        "RI": "Rhode Island",
        "SC": "South Carolina",
        "SD": "South Dakota",
        "TN": "Tennessee",
        "TX": "Texas",
        "UT": "Utah",
        "VT": "Vermont",
        "VA": "Virginia",
        "WA": "Washington",
        "WV": "West Virginia",
        "WI": "Wisconsin",
        "WY": "Wyoming",
        "AS": "American Samoa",
        "GU": "Guam",
        "MP": "Northern Mariana Islands",
        "PR": "Puerto Rico",
        "VI": "U.S. Virgin Islands",
    }
)

# The clocks of these places (IANA names). A state with two has the one here where most people live; the facility's
# own setting outweighs it.
TIME_ZONES = MappingProxyType(
    {
        "America/New_York": "Eastern",
        "America/Chicago": "Central",
        "America/Denver": "Mountain",
        "America/Phoenix": "Mountain, without daylight saving (Arizona)",
        "America/Los_Angeles": "Pacific",
        "America/Anchorage": "Alaska",
        "Pacific/Honolulu": "Hawaii",
        "America/Puerto_Rico": "Atlantic, without daylight saving (Puerto Rico, Virgin Islands)",
        "Pacific/Guam": "Guam and Northern Marianas",
        "Pacific/Pago_Pago": "American Samoa",
    }
)
_STATES_BY_ZONE = {
    "America/Chicago": "AL AR IL IA KS LA MN MS MO NE ND OK SD TN TX WI",
    "America/Denver": "CO ID MT NM UT WY",
    "America/Phoenix": "AZ",
    "America/Los_Angeles": "CA NV OR WA",
    "America/Anchorage": "AK",
    "Pacific/Honolulu": "HI",
    "America/Puerto_Rico": "PR VI",
    "Pacific/Guam": "GU MP",
    "Pacific/Pago_Pago": "AS",
}
_ZONE_OF = {state: zone for zone, states in _STATES_BY_ZONE.items() for state in states.split()}


def time_zone_of(state: str) -> str:
    """The clock by which most people of a state live, by its two letters; Eastern where nothing else is known."""
    return _ZONE_OF.get(state, "America/New_York")


def check_clocks() -> None:
    """Raise Invalid where this computer does not know these clocks: the desk calls whoever is on duty by them."""
    try:
        for zone in TIME_ZONES:
            ZoneInfo(zone)
    except ZoneInfoNotFoundError as error:
        raise Invalid(
            "This computer has no list of time zones, and zonemap needs it for the clock on your facility's wall. "
            "Install it (Debian, Ubuntu: apt-get install tzdata; Windows: pip install tzdata), and start again."
        ) from error
