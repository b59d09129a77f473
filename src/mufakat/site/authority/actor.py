"""Who acts: a person, in one consultation, for one party or in a role of its team."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

FACILITATOR = "facilitator"
SECRETARIAT = "secretariat"


@dataclass(frozen=True, slots=True)
class Voice:
    """A party that a person may act for, as of now.

    Attributes:
        party: primary key of the party. code: its code in the consultation. name: what people call it.
        kind: of the party, such as ``member_state``.
        capacity: what the person is in it: ``head``, ``deputy``, ``member`` or ``observer``.
        accreditation: primary key of what says so.
    """

    party: int
    code: str
    name: str
    kind: str
    capacity: str
    accreditation: int


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever stands before a door.

    Attributes:
        person: primary key; None for someone who is not signed in.
        name: what people call the person; empty for someone who is not signed in.
        operator: whether the person runs the whole site.
        consultation: primary key of the consultation that roles and voices are of; None outside of any.
        roles: roles in the team of that consultation.
        voices: the parties of that consultation that the person may act for now.
        voice: the one of them that this act is for; None where there is none or it is not chosen.
    """

    person: int | None = None
    name: str = ""
    operator: bool = False
    consultation: int | None = None
    roles: frozenset[str] = field(default_factory=frozenset)
    voices: tuple[Voice, ...] = ()
    voice: Voice | None = None

    @property
    def signed_in(self) -> bool:
        """Whether it is known who this is."""
        return self.person is not None

    @property
    def known_person(self) -> int:
        """The primary key of the person.

        Raises:
            ValueError: nobody is signed in; a rule should have refused before this was asked.
        """
        if self.person is None:
            raise ValueError("this act needs a person, and nobody is signed in")
        return self.person

    @property
    def on_team(self) -> bool:
        """Whether the person is of the team that runs the consultation."""
        return bool(self.roles & {FACILITATOR, SECRETARIAT})

    def speaking_for(self, code: str) -> Actor:
        """The same person acting for the party with this code; for none where it may not act for it."""
        return replace(self, voice=next((voice for voice in self.voices if voice.code == code), None))


ANONYMOUS = Actor()
