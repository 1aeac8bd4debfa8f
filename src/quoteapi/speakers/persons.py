"""Persons by name: the full names of an article kept apart, and each short name assigned to the person whom the text calls so."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from quoteapi.speakers.entities import Entities, Entity
from quoteapi.speakers.gender import Gender, address_gender, name_gender
from quoteapi.speakers.headlines import headline_end
from quoteapi.speakers.mention_context import MentionContext
from quoteapi.speakers.person_names import PersonName, before_kin, may_be_one, squeezed
from quoteapi.speakers.spellings import is_spelling, romanized, same_word

MAX_COMPARED = 8
"""Maximum number of distinct names of a person that a further name is compared with."""
MAX_NAMESAKES = 100
"""Maximum number of persons with the same family name, or the same given name, that a further name is compared with."""
RECENT = 40
"""Number of the latest mentions of a person that count towards how much the text is about them."""
FADING = 0.7
"""Factor by which a mention's weight falls with each paragraph since."""


def join_persons(context: MentionContext, names: Mapping[int, PersonName], entities: Entities) -> None:
    """Joins the mentions that name persons.

    Args:
        context: The article.
        names: The mentions that name persons, in reading order, with the parts of each name.
        entities: The entities to which they are added.
    """
    groups = full_names([name for name in names.values() if len(name.keys) > 1])
    story = headline_end(context.doc)
    single_names = {name.family for name in names.values() if len(name.keys) == 1}
    persons: dict[int, Entity] = {}
    index = NameIndex(groups)
    for number, name in names.items():
        address = address_gender(context.doc, context.mentions[number])
        choice = groups.get(name_id(name)) or index.of(name)
        fitting = [group for group in choice if address is None or address == group_gender(group) or group_gender(group) is None]
        if not fitting:
            fitting = [index.add(name)]
        if len(fitting) > 1:
            fitting = [group for group in fitting if not goes_by_other_surname(group, name, single_names)] or fitting
        group = fitting[0] if len(fitting) == 1 else nearest(context, number, [(group, persons.get(id(group))) for group in fitting])
        entity = persons.setdefault(id(group), Entity("person"))
        own = context.mentions[number].quote is None and context.mentions[number].start >= story
        (entity.names if own else entity.quoted_names).append(name)
        entities.put(number, entity)


Group = list[PersonName]


def goes_by_other_surname(group: "Group", name: PersonName, single_names: AbstractSet[str]) -> bool:
    """Whether the article calls a person with two family names by the first one (Rosa Treviño Garza: Treviño), so not by this last one."""
    return name.keys == (group[0].family,) and any(word in single_names for other in group for word in other.keys[1:-1])


NameId = tuple[tuple[str, ...], str]


def name_id(name: PersonName) -> NameId:
    """Returns the key that identifies a name as it is written."""
    return (name.keys, name.suffix)


def group_gender(group: Group) -> Gender | None:
    """Returns the gender that the full names of a group indicate: that of the first one which indicates any."""
    return next((gender for name in group if len(name.keys) > 1 and (gender := name_gender(name.text, name.keys))), None)


def full_names(names: Iterable[PersonName]) -> dict[NameId, list[Group]]:
    """Maps each written full name to the persons that it may mean: one, or several if it is ambiguous (George Bush)."""
    distinct = {name_id(name): name for name in names}
    families: defaultdict[str, list[Group]] = defaultdict(list)
    givens: defaultdict[tuple[str, ...], list[Group]] = defaultdict(list)
    written: defaultdict[str, list[Group]] = defaultdict(list)
    found: dict[NameId, list[Group]] = {}
    for key, name in sorted(distinct.items(), key=lambda pair: -len(pair[0][0])):
        nearby = (
            *families[romanized(name.family)][:MAX_NAMESAKES],
            *givens[name.keys[:-1]][:MAX_NAMESAKES],
            *givens[name.keys][:MAX_NAMESAKES],
            *written[squeezed(name.keys)],
        )
        near = {id(group): group for group in nearby}
        fitting = [group for group in near.values() if all(may_be_one(name, other) for other in group[:MAX_COMPARED])]
        if len(fitting) == 1:
            fitting[0].append(name)
        elif not fitting:
            fitting = [[name]]
            families[romanized(name.family)].append(fitting[0])
            givens[before_kin(name.keys)].append(fitting[0])
            written[squeezed(name.keys)].append(fitting[0])
        found[key] = fitting
    return found


class NameIndex:
    """The persons of an article, indexed by each word of their names."""

    def __init__(self, groups: Mapping[NameId, list[Group]]) -> None:
        self._family: defaultdict[str, list[Group]] = defaultdict(list)
        self._other: defaultdict[str, list[Group]] = defaultdict(list)
        self._soft: defaultdict[str, list[str]] = defaultdict(list)
        self._single: dict[NameId, Group] = {}
        unique = {id(group): group for options in groups.values() for group in options}
        for group in unique.values():
            for family in {name.family for name in group}:
                if family not in self._family:
                    self._soft[romanized(family)[:3]].append(family)
                self._family[family].append(group)
            for word in {word for name in group for word in name.keys[:-1] if len(word) > 1}:
                self._other[word].append(group)

    def of(self, name: PersonName) -> Sequence[Group]:
        """Returns the persons whom a one-word name may mean; empty if nobody in the article has it, and for longer names."""
        word = name.family
        if len(name.keys) > 1:
            return []
        options = self._family.get(word) or self._other.get(word) or []
        if not options and name_id(name) not in self._single:
            soft = [family for family in self._soft[romanized(word)[:3]] if same_word(family, word) or is_spelling(family, word)]
            options = self._family[soft[0]] if len(soft) == 1 else []
        if name.suffix:
            options = [group for group in options if any(other.suffix == name.suffix for other in group)] or options
        return options or [group for group in [self._single.get(name_id(name))] if group]

    def add(self, name: PersonName) -> Group:
        """Adds a person of whom the article gives only this name."""
        return self._single.setdefault(name_id(name), [name])


def nearest(context: MentionContext, number: int, options: Sequence[tuple[Group, Entity | None]]) -> Group:
    """Returns the person whom the text is about at this point: named nearby and often.

    Ties go to the person mentioned last, or, before anyone is mentioned, to the first option.
    """
    here = context.paragraphs[context.mentions[number].start]

    def nearness(entity: Entity | None) -> float:
        if entity is None:
            return 0.0
        weights = (
            (FADING ** (here - context.paragraphs[context.mentions[m].start]), context.function(m)) for m in entity.mentions[-RECENT:]
        )
        return sum(weight * (1.5 if function == "subject" else 1.0) for weight, function in weights)

    def last(entity: Entity | None) -> int:
        return entity.mentions[-1] if entity and entity.mentions else -1

    return max(options, key=lambda option: (nearness(option[1]), last(option[1])))[0]
