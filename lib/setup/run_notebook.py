"""Runs a Deno notebook without a browser.

Usage: run_notebook.py NOTEBOOK EXECUTED_COPY

The notebook runs in its own folder, from a fresh kernel, cell by cell; the
executed copy is written elsewhere (or over the notebook, if both are the same).
Its metadata say of which code the outputs are. Which cell is running is said on
standard output, as "cell 3 of 55".

The exit status is 0 if every cell ran, 1 if a cell raised or the time was up,
and 2 if the notebook could not be run at all. A copy with what was shown until
then is written at 1 too, but never over the notebook itself.

NOTEBOOK_TIMEOUT: seconds for the whole notebook, 3600 if it is not set.
"""

import asyncio
import os
import sys
from hashlib import sha256
from pathlib import Path
from queue import Empty

# Jupyter writes nothing outside the project and takes our kernel first.
_STATE = Path(sys.prefix) / "jupyter"
for _name, _value in {
    "JUPYTER_CONFIG_DIR": _STATE / "config",
    "JUPYTER_DATA_DIR": _STATE / "data",
    "JUPYTER_RUNTIME_DIR": _STATE / "runtime",
    "JUPYTER_PREFER_ENV_PATH": "1",
    "IPYTHONDIR": _STATE / "ipython",
    "NO_COLOR": "1",  # no terminal's escapes in the outputs
    "NOTEBOOK_HEADLESS": "1",  # a wrong answer to an exercise fails the run
}.items():
    os.environ.setdefault(_name, str(_value))

import nbformat  # noqa: E402
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel  # noqa: E402
from nbclient import NotebookClient  # noqa: E402
from nbclient.exceptions import (  # noqa: E402
    CellExecutionComplete,
    CellExecutionError,
    DeadKernelError,
)


class DenoClient(NotebookClient):
    """Waits for output that the kernel sends after it has said "idle".

    The Deno kernel sends what a cell prints and shows from another task than
    the "idle" that ends the cell; a client that stops listening there loses
    the last lines, or the last update of a figure. Nor may the next cell begin
    before: the kernel would give it what the last one printed.
    """

    drain_seconds = 0.05
    current = None

    async def async_execute_cell(self, cell, cell_index, *args, **kwargs):
        if cell.cell_type == "code":
            self.current = (cell_index, cell)
            print(f"cell {cell_index + 1} of {len(self.nb.cells)}", flush=True)
        return await super().async_execute_cell(cell, cell_index, *args, **kwargs)

    async def _async_poll_output_msg(self, parent_msg_id, cell, cell_index):
        idle = False
        while True:
            try:
                message = await self.kc.iopub_channel.get_msg(
                    timeout=self.drain_seconds if idle else None
                )
            except Empty:
                return
            if message["parent_header"].get("msg_id") != parent_msg_id:
                continue
            try:
                self.process_message(message, cell, cell_index)
            except CellExecutionComplete:
                idle = True


def place(current):
    """Names a cell by its number, counting all cells from 1, and its first line."""
    if current is None:
        return "before the first cell"
    index, cell = current
    lines = cell.source.strip().splitlines()
    return f"in cell {index + 1}: {lines[0] if lines else '(empty)'}"


async def execute(client, seconds):
    """Runs all cells; returns what went wrong, or None."""
    run = asyncio.ensure_future(client.async_execute())
    await asyncio.wait({run}, timeout=seconds)
    if not run.done():
        run.cancel()
        # nbclient ends the kernel, and takes that for a failure of its own.
        await asyncio.gather(run, return_exceptions=True)
        return (
            f"The time of {seconds:g} seconds was up {place(client.current)}\n"
            "Set NOTEBOOK_TIMEOUT to more seconds, or PRESET to a smaller preset"
        )
    try:
        run.result()
    except CellExecutionError as error:
        return f"Error {place(client.current)}\n{words_of(error, client)}"
    except DeadKernelError:
        return f"The kernel ended {place(client.current)}"
    return None


def words_of(error, client):
    """What a cell raised, with its stack but without the cell's code."""
    for output in client.current[1].outputs:
        if output.output_type == "error":
            return "\n".join(output.traceback).strip()
    return f"{error.ename}: {error.evalue}"


def normalise(notebook):
    """Takes out what differs from run to run and machine to machine."""
    notebook.metadata.get("language_info", {}).pop("version", None)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)


def stamp(notebook):
    """Says of which code the outputs are, for the check of committed notebooks."""
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    text = "\0".join(code)
    notebook.metadata["executed"] = {"code": sha256(text.encode()).hexdigest()}


def write(notebook, path):
    """Writes a notebook under a temporary name, which then takes its place."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        nbformat.write(notebook, part)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def fail(words, status):
    print(words, file=sys.stderr)
    return status


def read_seconds():
    words = os.environ.get("NOTEBOOK_TIMEOUT", "3600")
    try:
        seconds = float(words)
    except ValueError:
        seconds = 0.0
    if not seconds > 0:
        raise SystemExit(
            fail(
                "Expected NOTEBOOK_TIMEOUT to be a number of seconds greater "
                f'than 0 but found "{words}"',
                2,
            )
        )
    return seconds


def main(arguments):
    if len(arguments) != 2:
        return fail("Usage: run_notebook.py NOTEBOOK EXECUTED_COPY", 2)
    source, target = (Path(argument).resolve() for argument in arguments)
    seconds = read_seconds()
    if not source.is_file():
        return fail(f"Expected a notebook at {source} but found none", 2)
    try:
        KernelSpecManager().get_kernel_spec("deno")
    except NoSuchKernel:
        return fail(
            "Expected Jupyter to know the kernel deno but it does not: "
            "run `deno task setup`",
            2,
        )
    notebook = nbformat.read(source, as_version=4)
    client = DenoClient(
        notebook,
        kernel_name="deno",
        timeout=None,
        coalesce_streams=True,
        resources={"metadata": {"path": str(source.parent)}},
    )
    trouble = asyncio.run(execute(client, seconds))
    normalise(notebook)
    if trouble is None:
        stamp(notebook)
    if trouble is None or target != source:
        target.parent.mkdir(parents=True, exist_ok=True)
        write(notebook, target)
    if trouble is not None:
        return fail(f"{source.name}: {trouble}", 1)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
