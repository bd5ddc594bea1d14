"""The categories in which podcast directories sort: Apple's, which all of them use."""

import difflib
import re

# Of each category, what it is divided into.
_DIVISIONS = {
    "Arts": "Books, Design, Fashion & Beauty, Food, Performing Arts, Visual Arts",
    "Business": "Careers, Entrepreneurship, Investing, Management, Marketing, "
    "Non-Profit",
    "Comedy": "Comedy Interviews, Improv, Stand-Up",
    "Education": "Courses, How To, Language Learning, Self-Improvement",
    "Fiction": "Comedy Fiction, Drama, Science Fiction",
    "Government": "",
    "Health & Fitness": "Alternative Health, Fitness, Medicine, Mental Health, "
    "Nutrition, Sexuality",
    "History": "",
    "Kids & Family": "Education for Kids, Parenting, Pets & Animals, Stories for Kids",
    "Leisure": "Animation & Manga, Automotive, Aviation, Crafts, Games, Hobbies, "
    "Home & Garden, Video Games",
    "Music": "Music Commentary, Music History, Music Interviews",
    "News": "Business News, Daily News, Entertainment News, News Commentary, "
    "Politics, Sports News, Tech News",
    "Religion & Spirituality": "Buddhism, Christianity, Hinduism, Islam, Judaism, "
    "Religion, Spirituality",
    "Science": "Astronomy, Chemistry, Earth Sciences, Life Sciences, Mathematics, "
    "Natural Sciences, Nature, Physics, Social Sciences",
    "Society & Culture": "Documentary, Personal Journals, Philosophy, "
    "Places & Travel, Relationships",
    "Sports": "Baseball, Basketball, Cricket, Fantasy Sports, Football, Golf, "
    "Hockey, Rugby, Running, Soccer, Swimming, Tennis, Volleyball, Wilderness, "
    "Wrestling",
    "TV & Film": "After Shows, Film History, Film Interviews, Film Reviews, TV Reviews",
    "Technology": "",
    "True Crime": "",
}
#: Every category, `Arts` and `Arts > Books`.
CATEGORIES = tuple(
    f"{category} > {inner}" if inner else category
    for category, divisions in _DIVISIONS.items()
    for inner in ("", *filter(None, divisions.split(", ")))
)


def _words(name: str) -> str:
    """What a name is known by: `Kids and Family` is `kids family`."""
    words = re.findall(r"\w+", name.lower())
    return " ".join(word for word in words if word != "and")


_BY_WORDS = {_words(name): name for name in CATEGORIES}


def category(name: str) -> str:
    """The category of that name as Apple spells it, "" where there is none."""
    return _BY_WORDS.get(_words(name), "")


def nearest(name: str) -> str:
    """The category that was perhaps meant: `Arts > Books` by `Books` or `Art/Bock`."""
    inner = {_words(f.partition(" > ")[2]): f for f in CATEGORIES if " > " in f}
    known = {**inner, **_BY_WORDS}
    near = difflib.get_close_matches(_words(name), known, 1, 0.5)
    return known[near[0]] if near else ""
