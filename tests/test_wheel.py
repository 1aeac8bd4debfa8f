"""The wheel: what a user installs holds everything that the package reads at run time."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_wheel_holds_every_file_of_the_package(tmp_path: Path) -> None:
    """Weights, knowledge, the page's assets and the typing marker go along, each as it is in the source."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 - this interpreter, fixed arguments
    (wheel,) = tmp_path.glob("quoteapi-*.whl")
    source = ROOT / "src"
    expected = {
        path.relative_to(source).as_posix(): path.stat().st_size
        for path in (source / "quoteapi").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        packed = {entry.filename: entry.file_size for entry in archive.infolist() if not entry.filename.startswith("quoteapi-")}
    assert packed == expected
