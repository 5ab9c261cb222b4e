"""English, about ``/pulse``."""

from bot.features.pulse.texts import PulseTexts

_HOURS = ("midnight", *(f"{hour} am" for hour in range(1, 12)), "noon", *(f"{hour} pm" for hour in range(1, 12)))
_MONTHS = ("January", "February", "March", "April", "May", "June", "July")
_MORE_MONTHS = ("August", "September", "October", "November", "December")

TEXTS = PulseTexts(
    commands={},
    what_is_kept="`/pulse`: I do not count what is written here. Of the chat I learned from I have counts of the whole "
    "room, none of who wrote when; the messages of those who did not agree are not in them.",
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    short_weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    months=(*_MONTHS, *_MORE_MONTHS),
    hours=_HOURS,
    short_hour="{hour}",
    date="{weekday}, {month} {day}",
    full_date="{month} {day}, {year}",
    today="{hour} today",
    tomorrow="{hour} tomorrow",
    on_weekday="{hour} on {weekday}",
    lively="It should get lively around {when}.",
    lively_now="It should be lively right now.",
    lively_week="In the next week it should be liveliest around {when}.",
    quiet="It should stay quiet. If anybody talks, then around {when}.",
    louder_than_usual="More than usual, it seems.",
    quieter_than_usual="Less than usual, it seems.",
    bars_and_line="bars: messages to expect, line: what is usual for that hour and weekday",
    bars="bars: messages that are usual for that hour and weekday",
    by_network="a small neural network (an LSTM) expects this",
    by_mean="no neural network has learned better in this room, so this is the mean of the hour and weekday in "
    "{weeks} weeks",
    too_old="I know nothing of the time since, so this is the usual week",
    counted_until="counted from the chat up to {date} ({age})",
    same_day="today",
    days_ago=("{number} day ago", "{number} days ago"),
    weeks_ago=("{number} week ago", "{number} weeks ago"),
    months_ago=("{number} month ago", "{number} months ago"),
    years_ago=("{number} year ago", "{number} years ago"),
    counts_alone="I do not know who wrote what",
    review="**Our room in {year}**",
    review_messages="💬 About {messages} messages from {first} to {last}",
    review_months="📅 The liveliest month was {loud} (about {count}), the quietest {quiet}",
    review_day="🔥 The liveliest day was {date} (about {count})",
    review_hours="⏰ Most was said on {weekday}s and at {loud}, least around {quiet}",
    review_silent="🤫 Days without a word: {days}",
    review_small="counts of the whole room, to ten · without the messages of those who did not agree · I do not know "
    "who wrote what",
    picture_of_day="The next day: messages to expect in each hour",
    picture_of_week="The next week: messages to expect in each hour",
    picture_of_year="{year}: messages in each month",
    show_day="Day",
    show_week="Week",
    show_year="Year in counts",
    no_years="There is no year to count yet.",
    no_such_year="I have not counted {year}. Choose one of {years}.",
    not_here="The model I use now does not know when this room is lively.",
)
