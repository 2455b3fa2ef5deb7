"""How the program begins: what the demo leaves alone, what a wrong command line or configuration is told."""
import hashlib
import pathlib
import socket
import subprocess
import tempfile

from client import BUILD


def sealbook(*arguments, timeout=60):
    return subprocess.run([f"{BUILD}/sealbook", *map(str, arguments)], text=True, capture_output=True, timeout=timeout)


def contents(folder):
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in sorted(folder.rglob("*")) if p.is_file()}


def why(done):
    return f"exit {done.returncode}: {(done.stdout + done.stderr)[-300:]}"


def run(demo, cases):
    check = lambda name, good, why="": cases.check(f"cli/{name}", good, why)
    with tempfile.TemporaryDirectory(prefix="sealbook-begin-") as made:
        root = pathlib.Path(made)
        foreign_instance(root, check)
        running_demo(demo, check)
        bad_places(root, check)
        everything_at_once(root, check)
    words(check)


def foreign_instance(root, check):
    instance = root / "production"
    done = sealbook("init", "--dir", instance, "--origin", "clinic.example.test/journal")
    before = contents(instance)
    refused = sealbook("demo", "--dir", instance, "--port", "0", "--json")
    check("demo_refuses_another_instance", done.returncode == 0 and refused.returncode == 78 and "not a demo" in refused.stderr,
          why(refused))
    check("demo_leaves_it_as_it_was", contents(instance) == before and not (instance / "mail").exists(), contents(instance))
    (instance / "sealbook.toml").rename(root / "kept.toml")
    refused = sealbook("demo", "--dir", instance, "--port", "0", "--json")
    check("demo_refuses_a_store_without_its_configuration", refused.returncode == 78 and not (instance / "mail").exists(), why(refused))


def running_demo(demo, check):
    folder = pathlib.Path(demo.folder) / "demo"
    before = (folder / "sealbook.toml").read_bytes()
    second = sealbook("demo", "--dir", folder, "--port", "0", "--json")
    check("a_second_demo_is_refused", second.returncode == 69 and "Another demo" in second.stderr, why(second))
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        third = sealbook("demo", "--dir", folder.parent / "fresh", "--port", busy.getsockname()[1], "--json")
    check("a_busy_port_is_said", third.returncode == 69 and "in use" in third.stderr, why(third))
    check("neither_writes_anything", (folder / "sealbook.toml").read_bytes() == before and not (folder.parent / "fresh").exists())


def bad_places(root, check):
    file = root / "a_file"
    file.write_text("x")
    for name, place in (("file", file), ("proc", "/proc/nope")):
        done = sealbook("demo", "--dir", place, "--port", "0", "--json")
        check(f"a_folder_that_cannot_be_made_is_said_{name}", done.returncode == 69 and "sealbook demo:" in done.stderr, why(done))


def everything_at_once(root, check):
    instance = root / "unsafe"
    sealbook("init", "--dir", instance)
    text = (instance / "sealbook.toml").read_text()
    lines = [line for line in text.splitlines() if not line.startswith("port")]
    lines.insert(lines.index("[listen]") + 1 if "[listen]" in lines else len(lines), "port = 99999")
    if "[listen]" not in lines:
        lines.insert(len(lines) - 1, "[listen]")
    (instance / "sealbook.toml").write_text("\n".join(lines) + "\n[mail]\nfolder = \"mail\"\n")
    done = sealbook("serve", "--dir", instance)
    check("wrong_values_and_unsafe_ones_come_at_once", done.returncode == 78 and
          all(place in done.stderr for place in ("/listen/port", "/mail/folder", "/listen/certificate")), why(done))


def words(check):
    version = sealbook("--version")
    check("says_its_version", version.returncode == 0 and version.stdout.startswith("sealbook 0."), why(version))
    unknown = sealbook("nope")
    check("names_a_verb_that_is_none", unknown.returncode == 64 and "nope" in unknown.stderr, why(unknown))
    check("asks_for_a_verb", sealbook().returncode == 64)
