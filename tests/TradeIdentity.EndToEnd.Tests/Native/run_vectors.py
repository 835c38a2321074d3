"""Every published vector through the C ABI: run_vectors.py LIBRARY SAMPLES VECTORS. Says what differs, and how many were run."""

import base64
import json
import sys
from datetime import datetime

library, samples, vectors = sys.argv[1:]
sys.path.insert(0, samples)
from verify import Verifier  # noqa: E402

FAILURES = {0: None, 1: "malformed", 2: "signature_invalid", 3: "rollback", 4: "out_of_order"}


def at(time):
    return int(datetime.fromisoformat(time).timestamp())


def read(name):
    with open(f"{vectors}/{name}", encoding="utf-8") as file:
        return json.load(file)


verifier, run, wrong = Verifier(library), 0, []


def compare(name, published, given):
    global run
    run += 1
    if published != given:
        wrong.append(f"{name}: published {published}, given {given}")


verdicts = read("verdicts.json")
anchor = json.dumps(verdicts["anchor"]).encode()
for vector in verdicts["vectors"]:
    policy = {key: vector[key] for key in ("maxStatusAge", "maxStatusAgeByType", "clockTolerance") if key in vector}
    with verifier.open(base64.b64decode(verdicts["bundles"][vector["bundle"]]), anchor, vector.get("newestSequence", 0)) as post:
        compare(vector["name"], vector["verdict"], post.verify(vector["text"], at(vector["at"]), policy))
        compare(vector["name"] + " sequence", vector["verdict"].get("bundleSequence", -1), post.sequence())

deltas = read("deltas.json")
anchor = json.dumps(deltas["anchor"]).encode()
for vector in deltas["vectors"]:
    code, applied = verifier.apply(base64.b64decode(deltas["bundles"][vector["bundle"]]), base64.b64decode(vector["delta"]), anchor)
    compare(vector["name"], vector.get("failure"), FAILURES[code])
    compare(vector["name"], vector.get("result"), base64.b64encode(applied).decode() if applied else None)
    for after in vector.get("after", []):
        with verifier.open(applied, anchor) as post:
            compare(vector["name"], after["verdict"], post.verify(after["text"], at(after["at"])))

# What is no call of the header is refused, and nothing is brought down.
with verifier.open(b"", anchor) as post:
    for policy in ({"maxStatusAge": -1}, {"maxAge": 1}, {"clockTolerance": "30"}, {"maxStatusAgeByType": {"x": 1}}):
        try:
            post.verify("TI1:", 0, policy)
            wrong.append(f"the policy {policy} was taken")
        except ValueError:
            run += 1
    compare("a text of a megabyte", "undetermined", post.verify("x" * 1_000_000, 0)["verdict"])
try:
    verifier.open(b"", b"{}")
    wrong.append("an anchor that is none was taken")
except ValueError:
    run += 1

print("\n".join(wrong) or f"{run} as published")
sys.exit(1 if wrong else 0)
