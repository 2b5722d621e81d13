"""A `totsugo serve` of the tests' own, its people, and inquiries that no browser would make."""
import atexit
import http.client
import json
import os
import pathlib
import re
import signal
import subprocess
import urllib.parse


class Totsugo:
    """The program, on one project and one workspace."""

    def __init__(self, program, project, workspace):
        self.program, self.project, self.workspace = program, project, pathlib.Path(workspace)

    def __call__(self, command, subcommand, *words, codes=(0,)):
        """Runs a command that knows the workspace, and returns what it prints."""
        words = [self.program, command, subcommand, self.project, *words, "--workspace", str(self.workspace)]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode not in codes:
            raise SystemExit(f"{' '.join(words)}: exit code {done.returncode}\n{done.stderr}")
        return done.stdout

    def json(self, command, subcommand, *words):
        """The same, for its answer in JSON; `gate` and others exit with 1 where something does not hold."""
        words = [*words, "--format", "json", "--language", "ja"]
        return json.loads(self(command, subcommand, *words, codes=(0, 1)))

    def generate(self, folder, residents, defects="", number=1):
        """Makes a sample city, as it is at a rehearsal of that number."""
        planted = ["--defects", defects] if defects else []
        subprocess.run([str(self.program) + "-city", "generate", self.project, "--residents", str(residents), "--seed", "1", "--round",
                        str(number), *planted, "-o", str(folder), "--quiet"], check=True)

    def run(self, folder):
        """Starts a run, and does not wait for it."""
        return subprocess.Popen([self.program, "run", self.project, "--data", str(folder), "--workspace",
                                 str(self.workspace), "--quiet"], stdout=subprocess.DEVNULL)

    def access(self, path, name, sections=(), rights=()):
        """Adds somebody to an access list; returns the token."""
        words = [word for section in sections for word in ("--section", section)]
        words += ["--project", self.project] if sections else []
        words += [word for right in rights for word in ("--may", right)]
        done = subprocess.run([self.program, "access", str(path), "--name", name, *words, "--format", "json", "--quiet"],
                              capture_output=True, text=True, check=True)
        return json.loads(done.stdout)["token"]

    def entries(self):
        """How many entries the ledger has; the chain must hold."""
        answer = self.json("ledger", "verify")
        assert answer["holds"], answer
        return answer["entries"]


class Server:
    """A running `totsugo serve`."""

    def __init__(self, totsugo, *options):
        self.process = subprocess.Popen(
            [totsugo.program, "serve", totsugo.project, "--workspace", str(totsugo.workspace), "--port", "0", "--format",
             "json", *options], stdout=subprocess.PIPE, text=True)
        atexit.register(self.process.kill)
        answer = ""
        for line in self.process.stdout:
            answer += line
            if line.startswith("}"):
                break
        answer = json.loads(answer)
        self.address, self.sign_in = answer["address"], answer.get("sign_in")
        self.host = self.address.split("/")[2]

    def ask(self, target, cookie=None, form=None, **headers):
        """An inquiry by hand, without following where it leads: status, header fields, body. Header names with `_`."""
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        if cookie:
            fields["Cookie"] = cookie
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form, doseq=True)
            fields.setdefault("Content-Type", "application/x-www-form-urlencoded")
        connection = http.client.HTTPConnection(self.host, timeout=60)
        connection.request("GET" if form is None else "POST", urllib.parse.quote(target, safe="/?=&%-"), body, fields)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer.status, answer.headers, text

    def enter(self, token):
        """Signs in by hand; returns the session's cookie."""
        _, headers, _ = self.ask("/sign-in", form={"token": token, "next": "/"})
        return (headers["Set-Cookie"] or "").split(";")[0] or None

    @staticmethod
    def cookie(context):
        """What a browser keeps of its session, as the header has it."""
        return next((f"{c['name']}={c['value']}" for c in context.cookies() if c["name"].startswith("totsugo-")), None)

    def key(self, cookie):
        """The word that stands in every form of a session."""
        return re.search('name="key" value="([^"]*)"', self.ask("/", cookie)[2])[1]

    def stop(self):
        """Asks the server to end; returns its exit code, or `None` when it has not ended in thirty seconds."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return None


def strike(path, name):
    """Removes a person's line from an access list."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    new = path.with_suffix(".new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as file:
        file.writelines(line for line in lines if not line.startswith(name + ","))
    new.replace(path)
