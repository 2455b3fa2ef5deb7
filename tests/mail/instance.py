"""An instance's folder with a [mail] section, and the verbs that use it."""
import json
import os
import pathlib
import subprocess

BUILD = os.environ.get("SEALBOOK_BUILD", "build/debug")


class Instance:
    def __init__(self, place, **mail):
        self.folder = pathlib.Path(place)
        self.folder.mkdir(parents=True)
        mail = {"from_address": "hello@clinic.example.test", **mail}
        lines = ['[instance]', 'mode = "test"', '', '[mail]']
        for key, value in mail.items():
            lines.append(f"{key} = {json.dumps(str(value) if not isinstance(value, int) else value)}")
        (self.folder / "sealbook.toml").write_text("\n".join(lines) + "\n")

    def secret(self, name, text):
        """Writes a secret beside the configuration; answers its reference."""
        path = self.folder / name
        path.write_text(text)
        path.chmod(0o600)
        return "secret://file" + str(path)

    def send(self, to="pat@example.test", **more):
        extra = [part for key, value in more.items() for part in (f"--{key}", str(value))]
        got = subprocess.run([f"{BUILD}/sealbook", "mail", "test", "--dir", str(self.folder), "--to", to, "--json", *extra],
                             capture_output=True, text=True, timeout=300)
        answer = json.loads(got.stdout) if got.stdout.startswith("{") else {"verdict": "none", "error": got.stderr}
        answer["exit"] = got.returncode
        return answer

    def dns(self, *arguments):
        got = subprocess.run([f"{BUILD}/sealbook", "dns", "check", "--dir", str(self.folder), "--json", *arguments],
                             capture_output=True, text=True, timeout=120)
        answer = json.loads(got.stdout) if got.stdout.startswith("{") else {"error": got.stderr}
        answer["exit"] = got.returncode
        return answer


def dkim_keys(folder):
    """An RSA and an Ed25519 key in PEM; answers their references."""
    references = []
    for name, kind in (("rsa.pem", ["RSA", "-pkeyopt", "rsa_keygen_bits:2048"]), ("ed25519.pem", ["ED25519"])):
        path = pathlib.Path(folder) / name
        subprocess.run(["openssl", "genpkey", "-algorithm", *kind, "-out", str(path)], check=True, capture_output=True)
        references.append("secret://file" + str(path))
    return references
