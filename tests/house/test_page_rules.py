"""The house rules on templates, assets and lock files hold, and each of them sees a planted violation."""

import pytest

from tests.house import page_rules as rules
from tests.house.tree import ROOT, own_assets, templates, written_files

PLANTED = [
    (rules.unsafe_marks, "{{ name | safe }}"),
    (rules.unsafe_marks, "{% autoescape false %}"),
    (rules.unsafe_marks, '<a hx-on:click="go()">'),
    (rules.unsafe_marks, """<a hx-vals='js:{x: 1}'>"""),
    (rules.unsafe_marks, "<script>go()</script>"),
    (rules.unsafe_marks, '<script type="module">go()</script>'),
    (rules.unsafe_marks, "<style>p {}</style>"),
    (rules.unsafe_marks, '<p class="x" style="color: red">'),
    (rules.unsafe_marks, '<a href="#" onclick="go()">'),
    (rules.unsafe_marks, '<a href="javascript:go()">'),
    (rules.foreign_addresses, '<script src="https://cdn.example/x.js"></script>'),
    (rules.foreign_addresses, '<link rel="stylesheet" href="//cdn.example/x.css">'),
    (rules.foreign_addresses, '@import "https://fonts.example/x.css";'),
    (rules.foreign_addresses, "p { background: url(http://pictures.example/x.png) }"),
    (rules.foreign_addresses, 'import { x } from "https://cdn.example/x.js";'),
    (rules.too_long, "<p>\n" * 81),
    (rules.package_addresses, "flask @ https://files.example/flask.whl \\"),
    (rules.package_addresses, "--index-url https://mirror.example/simple"),
    (rules.machine_paths, "open('/home/somebody/pairing')"),
]
INNOCENT = [
    (
        rules.unsafe_marks,
        "<script src=\"{{ url_for('static', filename='x.js') }}\" defer></script><p class=\"on style\">",
    ),
    (rules.unsafe_marks, '<script type="application/json" id="figures">{}</script>'),
    (rules.foreign_addresses, '<link rel="stylesheet" href="/static/pairing.css">'),
    (rules.package_addresses, "flask==3.1.3 \\\n    --hash=sha256:eeabce0013eebd4adaf2cee6"),
    (rules.machine_paths, "/usr/bin/chromium and /households/3/confirm"),
]
SUBJECTS = {
    rules.unsafe_marks: templates,
    rules.foreign_addresses: lambda: [*templates(), *own_assets()],
    rules.too_long: lambda: [path for path in templates() if path.suffix == ".html"],
    rules.package_addresses: lambda: sorted(ROOT.glob("requirements*.lock")),
    rules.machine_paths: lambda: [path for path in written_files() if path.parent.name != "house"],
}


@pytest.mark.parametrize("rule", SUBJECTS, ids=lambda rule: rule.__name__)
def test_the_project_keeps_the_rule(rule):
    files = SUBJECTS[rule]()

    broken = {str(path.relative_to(ROOT)): rule(path.read_text("utf-8")) for path in files}

    assert broken
    assert {name: marks for name, marks in broken.items() if marks} == {}


@pytest.mark.parametrize(("rule", "source"), PLANTED)
def test_a_planted_violation_is_seen(rule, source):
    assert rule(source)


@pytest.mark.parametrize(("rule", "source"), INNOCENT)
def test_innocent_source_passes(rule, source):
    assert rule(source) == []
