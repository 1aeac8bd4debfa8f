"""What runs the service: the Dockerfile, the compose file and the Kubernetes manifest are valid, and fit the settings and the service."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import kubernetes_validate
import msgspec
import pytest
import yaml

from quoteapi import __version__
from quoteapi.settings import Settings, SettingsError, read_settings

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8"))
KUBERNETES = {part["kind"]: part for part in yaml.safe_load_all((ROOT / "deploy" / "kubernetes.yaml").read_text(encoding="utf-8"))}
SERVICE = COMPOSE["services"]["quoteapi"]
POD = KUBERNETES["Deployment"]["spec"]["template"]
(CONTAINER,) = POD["spec"]["containers"]


def check(program: str, *arguments: str) -> None:
    """Run a checker that is installed beside this interpreter; what it finds is the error."""
    done = subprocess.run([Path(sys.executable).with_name(program), *arguments], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603  our own checkers
    assert done.returncode == 0, done.stdout + done.stderr


def settings_of(environment: dict[str, str]) -> Settings:
    """The settings that the service would run with; a misspelt one is an error."""
    assert environment
    return read_settings(environment)


def test_the_dockerfile_is_clean() -> None:
    """Hadolint finds nothing, but for what the file says it may pass over."""
    check("hadolint", "Dockerfile")


def test_the_compose_file_is_valid() -> None:
    """By the schema of the Compose Specification, which knows every name that may be used."""
    check("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "deploy/compose.yaml")


@pytest.mark.parametrize("version", ["1.30", kubernetes_validate.latest_version()])
def test_the_manifest_is_valid(version: str) -> None:
    """For the oldest Kubernetes that it is for and the newest; a name that nobody knows is refused."""
    assert set(KUBERNETES) == {
        "ConfigMap",
        "Deployment",
        "Service",
        "HorizontalPodAutoscaler",
        "PodDisruptionBudget",
        "NetworkPolicy",
    }
    for part in KUBERNETES.values():
        kubernetes_validate.validate(part, version, strict=True)


def test_both_name_this_version() -> None:
    """A release that forgets them is noticed."""
    assert SERVICE["image"] == f"${{IMAGE:-quoteapi:{__version__}}}"
    assert CONTAINER["image"] == f"quoteapi:{__version__}"


def test_everything_accepted_is_answered_before_the_service_is_killed() -> None:
    """The time it has to stop is longer than its settings let an accepted article wait."""
    assert int(SERVICE["stop_grace_period"].removesuffix("s")) > settings_of(SERVICE["environment"]).longest_wait
    left = POD["spec"]["terminationGracePeriodSeconds"] - CONTAINER["lifecycle"]["preStop"]["sleep"]["seconds"]
    assert left > settings_of(KUBERNETES["ConfigMap"]["data"]).longest_wait


def test_the_keys_are_where_the_setting_says() -> None:
    """The secret of the compose file under its name in `/run/secrets`; in the pod, inside the folder where it is mounted."""
    assert SERVICE["environment"]["QUOTEAPI_API_KEYS"] == f"/run/secrets/{SERVICE['secrets'][0]}"
    assert SERVICE["secrets"] == list(COMPOSE["secrets"])
    (mount,) = (mount for mount in CONTAINER["volumeMounts"] if mount["name"] == "keys")
    assert Path(KUBERNETES["ConfigMap"]["data"]["QUOTEAPI_API_KEYS"]).parent == Path(mount["mountPath"])


def test_no_variable_of_a_kubernetes_service_reaches_the_pod() -> None:
    """Kubernetes would tell it of the service `quoteapi` in variables that look like settings, and the server would refuse to start."""
    with pytest.raises(SettingsError, match="QUOTEAPI_SERVICE_HOST is not a setting"):
        read_settings({"QUOTEAPI_SERVICE_HOST": "192.0.2.1"})
    assert POD["spec"]["enableServiceLinks"] is False


def test_every_part_of_the_manifest_means_the_same_pods() -> None:
    """Selectors match the pod's labels, and names those of the parts that they stand for."""
    labels = POD["metadata"]["labels"]
    (spread,) = POD["spec"]["topologySpreadConstraints"]
    selectors = [KUBERNETES[kind]["spec"]["selector"]["matchLabels"] for kind in ("Deployment", "PodDisruptionBudget")]
    selectors += [KUBERNETES["Service"]["spec"]["selector"], KUBERNETES["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"]]
    assert all(selector == labels for selector in [*selectors, spread["labelSelector"]["matchLabels"]])
    scaled = KUBERNETES["HorizontalPodAutoscaler"]["spec"]["scaleTargetRef"]
    assert (scaled["kind"], scaled["name"]) == ("Deployment", KUBERNETES["Deployment"]["metadata"]["name"])
    assert CONTAINER["envFrom"] == [{"configMapRef": {"name": KUBERNETES["ConfigMap"]["metadata"]["name"]}}]
    assert {mount["name"] for mount in CONTAINER["volumeMounts"]} == {volume["name"] for volume in POD["spec"]["volumes"]}


def test_what_is_asked_of_the_service_is_there() -> None:
    """Probes and Prometheus ask for routes of the OpenAPI document, at the port that the service listens on."""
    document: dict[str, Any] = msgspec.json.decode((ROOT / "openapi" / "openapi.json").read_bytes())
    probes = [CONTAINER[probe]["httpGet"] for probe in ("startupProbe", "readinessProbe", "livenessProbe")]
    annotations = POD["metadata"]["annotations"]
    assert {probe["path"] for probe in probes} | {annotations["prometheus.io/path"]} <= set(document["paths"])
    assert {probe["port"] for probe in probes} == {"http"} == {port["name"] for port in CONTAINER["ports"]}
    assert CONTAINER["ports"][0]["containerPort"] == int(annotations["prometheus.io/port"]) == Settings().port
