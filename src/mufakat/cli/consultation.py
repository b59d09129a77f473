"""``mufakat consultation``: the same acts as on the pages, by the same rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mufakat.cli.installation import open_site, refusals
from mufakat.cli.progress import progress_bar

if TYPE_CHECKING:
    from mufakat.site.authority.actor import Actor
    from mufakat.site.consultations.models import Consultation
    from mufakat.site.people.models import Person

ATTRIBUTIONS = ("public", "chatham_house", "confidential")

who_acts = click.option(
    "--as",
    "email",
    default="",
    metavar="EMAIL",
    help="Who acts, by e-mail address; somebody who is not signed in where it is left out.",
)


@click.group()
def consultation() -> None:
    """List, open, fill and export consultations.

    Whoever acts may do here what they may do on the pages, and nothing else.
    """


@consultation.command(name="list")
@who_acts
def list_(email: str) -> None:
    """List the consultations that whoever acts may read."""
    open_site()
    from mufakat.site.authority.acts import may
    from mufakat.site.consultations.models import Consultation
    from mufakat.site.consultations.rules import READ
    from mufakat.site.languages.reading import source, with_text
    from mufakat.site.parties.actors import actor_in

    with refusals():
        person = the_person(email)
        found = Consultation.objects.select_related("title").prefetch_related("stages", *with_text("title"))
        for each in found.order_by("slug"):
            if may(READ, actor_in(person, each.pk), each):
                open_now = [stage.kind for stage in each.stages.all() if stage.is_open]
                click.echo(
                    "\t".join(
                        (
                            each.slug,
                            ", ".join(open_now) or "no stage open",
                            "invented" if each.invented else "",
                            source(each.title).body,
                        )
                    )
                )


@consultation.command(name="open")
@click.argument("slug")
@click.option("--title", required=True, help="What it is called.")
@click.option("--summary", required=True, help="What it is about, in a few sentences.")
@click.option("--language", default="en", show_default=True, help="Language of title and summary.")
@click.option(
    "--facilitator", default="", metavar="EMAIL", help="Its first facilitator; whoever acts where left out."
)
@click.option("--unlisted", is_flag=True, help="Hide it from everybody who does not take part.")
@click.option("--invented", is_flag=True, help="Say on every page that everything in it is made up.")
@who_acts
def open_(
    slug: str,
    title: str,
    summary: str,
    language: str,
    facilitator: str,
    unlisted: bool,
    invented: bool,
    email: str,
) -> None:
    """Open a consultation; SLUG is its name in addresses."""
    open_site()
    from django.core.validators import validate_slug

    from mufakat.site.consultations.actions import open_consultation
    from mufakat.site.people.actors import actor_of

    with refusals():
        validate_slug(slug)
        opened = open_consultation(
            actor=actor_of(the_person(email)),
            slug=slug,
            title=title,
            summary=summary,
            language=language,
            facilitator=facilitator,
            listed=not unlisted,
            invented=invented,
        )
    click.echo(f"{opened.slug} is open.")


@consultation.command()
@click.argument("slug")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--language", default="", help="Language of the statements, where the file does not say.")
@click.option(
    "--attribution",
    type=click.Choice(ATTRIBUTIONS),
    default="chatham_house",
    show_default=True,
    help="Who may see whose words the statements are.",
)
@who_acts
def import_votes(slug: str, path: Path, language: str, attribution: str, email: str) -> None:
    """Bring the votes at PATH into the consultation SLUG, which must hold none yet.

    PATH is an export of Polis, or a long table of votes with the tables beside it.
    """
    open_site()
    from mufakat.site.voices.actions.importing import bring_in

    with refusals(), progress_bar() as report:
        actor, found = actor_and_consultation(email, slug)
        arrival = bring_in(
            actor=actor,
            consultation=found,
            reading_path=path,
            language=language,
            attribution=attribution,
            progress=report,
        )
    click.echo(
        f"{arrival.demands} demands, {arrival.parties} parties and {arrival.votes} votes came in;"
        f" {arrival.earlier} votes were replaced later, {arrival.rejected} rows are no votes."
    )


@consultation.command()
@click.argument("slug")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@who_acts
def export(slug: str, folder: Path, email: str) -> None:
    """Write what whoever acts may see of the consultation SLUG to FOLDER, as CSV and JSON."""
    open_site()
    from mufakat.site.voices.exports.writing import write_export

    with refusals():
        actor, found = actor_and_consultation(email, slug)
        try:
            written = write_export(actor=actor, consultation=found, folder=folder)
        except OSError as error:
            raise click.ClickException(f"cannot write to {folder}: {error.strerror or error}") from error
    click.echo(f"{len(written)} files were written to {folder}: {', '.join(path.name for path in written)}")


def the_person(email: str) -> Person | None:
    """Who acts; None for somebody who is not signed in.

    Raises:
        click.ClickException: nobody has this address.
    """
    from mufakat.site.people.models import Person

    if not email:
        return None
    person = Person.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        raise click.ClickException(f"nobody here has the address {email}")
    return person


def actor_and_consultation(email: str, slug: str) -> tuple[Actor, Consultation]:
    """Who acts, and in which consultation.

    Raises:
        click.ClickException: nobody has this address, or no consultation that they may read has this name.
    """
    from mufakat.site.authority.acts import may
    from mufakat.site.consultations.models import Consultation
    from mufakat.site.consultations.rules import READ
    from mufakat.site.parties.actors import actor_in

    person = the_person(email)
    found = Consultation.objects.filter(slug=slug).first()
    if found is not None:
        actor = actor_in(person, found.pk)
        if may(READ, actor, found):
            return actor, found
    raise click.ClickException(f"there is no consultation {slug!r} here that you may read")
