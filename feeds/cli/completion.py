"""feeds completion: what a shell is to know, and what it is told of a folder."""

import click

# Written out: to ask click for them would load its completion for `--help`.
_SHELLS = ("bash", "zsh", "fish")
_NAME = "feeds"


@click.command("completion")
@click.argument("shell", metavar="SHELL", type=click.Choice(_SHELLS))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print what completes commands, options and folders in SHELL: bash, zsh or fish.

    \b
      feeds completion bash >> ~/.bashrc
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    every = context.find_root().command
    click.echo(kind(every, {}, _NAME, f"_{_NAME.upper()}_COMPLETE").source())
