"""Reports as customers of an API gateway write them: some troubles come again in other words, others come once.

Invented, like all of the demo. Each kind of trouble names the component it is reported under; the demo takes some for
the past of an account, and the tests of repeated causes take all, for they know which belong together.
"""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """One report. ``kind`` is what it has in common with others, which nobody who reads it is told."""

    kind: str
    component: str
    severity: int
    title: str
    body: str


CRITICAL, HIGH, MEDIUM, LOW = 1, 2, 3, 4


class _Kind(NamedTuple):
    name: str
    component: str
    reports: tuple[tuple[int, str, str], ...]


_KINDS = (
    _Kind(
        "quota shared by two plans",
        "Rate limiting",
        (
            (
                HIGH,
                "Partner gets 429 although its quota is not used up",
                "Our largest partner is answered 429 Too Many Requests since 10:05. The console says 31 % of its "
                "is used. Its calls come in bursts at the full hour.",
            ),
            (
                CRITICAL,
                "429 for all mobile clients during the morning peak",
                "Everybody who signs in with the app gets 429. We did not change the quota of the plan, and the "
                "console shows less than half of it used.",
            ),
            (
                HIGH,
                "Quota counter jumps: batch client answered 429 after a few calls",
                "A batch client with a quota of 5000 calls an hour is answered 429 after about 200. The counter in the "
                "console jumps from 200 to 5000 in one step.",
            ),
            (
                MEDIUM,
                "Too Many Requests for the sandbox plan",
                "Developers in the sandbox plan are answered 429 in the middle of a test. Their quota of 1000 calls "
                "should be enough; the counter says that it is used up.",
            ),
            (
                HIGH,
                "Burst of 429 after a tenant was moved to another plan",
                "Since we moved tenant Meyer from the small to the large plan, its calls count against both quotas and "
                "it gets 429.",
            ),
        ),
    ),
    _Kind(
        "burst limits too low",
        "Rate limiting",
        (
            (
                LOW,
                "Spike arrest rejects health checks of our load balancer",
                "The spike arrest policy drops every third health check of the load balancer since we have six of "
                "them. Please leave those paths out of it.",
            ),
            (
                MEDIUM,
                "Spike arrest drops webhooks of the payment provider",
                "The provider sends its webhooks in a spike at midnight and the spike arrest rejects most of them. "
                "They are sent again for an hour, but settlement is late.",
            ),
        ),
    ),
    _Kind(
        "upstream closes idle connections",
        "Upstreams",
        (
            (
                HIGH,
                "Sporadic 502 from the order service",
                "About one call in two hundred to the order service ends in 502 Bad Gateway. The service itself logs "
                "nothing; it seems that the connection was closed before the answer.",
            ),
            (
                HIGH,
                "502 Bad Gateway on the first call after a quiet minute",
                "Whenever an upstream was idle for a minute the first call fails with 502. The second one works. The "
                "gateway logs: connection reset by peer.",
            ),
            (
                CRITICAL,
                "Card payments fail with 502, upstream connection reset",
                "Since the night one payment in fifty fails with 502. The log of the gateway says upstream connection "
                "reset by peer. Retrying helps, but the terminals do not retry.",
            ),
            (
                MEDIUM,
                "Bad Gateway in the mornings at the customer service",
                "Every morning the first calls to the customer service get a 502. Later in the day there are none. It "
                "looks like idle connections that the upstream has closed.",
            ),
        ),
    ),
    _Kind(
        "upstream timeouts after deploys",
        "Upstreams",
        (
            (
                HIGH,
                "Gateway timeout 504 while the search service is deployed",
                "During a rolling deploy of the search service callers get 504 Gateway Timeout for two or three "
                "minutes, although half of its instances are healthy.",
            ),
            (
                HIGH,
                "504 on all routes to the catalogue after last night's deploy",
                "We deployed the catalogue at 22:00 and callers get 504 after 60 seconds since. Targets that were "
                "taken away still get traffic: health checks come too late.",
            ),
            (
                CRITICAL,
                "Checkout answers 504 Gateway Timeout during our deploy",
                "During the deploy of checkout the gateway went on sending calls to instances that were gone, and "
                "answered 504 after the timeout. We lost about 300 orders.",
            ),
        ),
    ),
    _Kind(
        "certificates expire unnoticed",
        "TLS termination",
        (
            (
                CRITICAL,
                "Certificate of api.example expired, all clients refused",
                "The certificate of our public host expired at midnight UTC. Browsers and apps refuse to connect. "
                "We were not warned that it would expire.",
            ),
            (
                HIGH,
                "Client certificate for the clearing house has expired",
                "The client certificate the gateway uses towards the clearing house expired today; the handshake is "
                "refused. Please install the renewed certificate we sent last week.",
            ),
            (
                HIGH,
                "Renewed certificate is not served by one of the nodes",
                "We renewed the certificate on Monday. One node still serves the old certificate, which expires "
                "tonight; the others serve the new one.",
            ),
            (
                MEDIUM,
                "Wildcard certificate about to expire, renewal does nothing",
                "The wildcard certificate of the sandbox expires in three days. Pressing renew in the console says "
                "done and the old certificate stays.",
            ),
        ),
    ),
    _Kind(
        "token introspection slow",
        "Authentication",
        (
            (
                HIGH,
                "OAuth token introspection takes three seconds",
                "Calls with an OAuth bearer token take three seconds instead of 80 ms. It is the introspection: calls "
                "with an API key are as quick as ever.",
            ),
            (
                HIGH,
                "401 for valid access tokens, introspection endpoint times out",
                "Valid access tokens are refused with 401. In the gateway's log the introspection endpoint of our "
                "identity provider times out after two seconds.",
            ),
            (
                CRITICAL,
                "Nobody can sign in: token introspection fails",
                "Since 08:50 every access token is refused with 401. The introspection of tokens fails; the identity "
                "provider itself answers when we ask it directly.",
            ),
            (
                MEDIUM,
                "Intermittent 401 with fresh OAuth tokens",
                "Some fresh access tokens are answered 401 and work a second later. The introspection cache seems to "
                "keep the first answer.",
            ),
        ),
    ),
    _Kind(
        "signing keys not refreshed",
        "Authentication",
        (
            (
                HIGH,
                "JWT signature invalid after our key rotation",
                "We rotated the signing key of our identity provider. The gateway says JWT signature invalid for an "
                "hour: it keeps the old JWKS document.",
            ),
            (
                HIGH,
                "Signature of JWT not accepted since keys were rotated",
                "After the rotation of keys this morning every second node refuses JWTs with signature invalid. Those "
                "nodes have not fetched the new JWKS.",
            ),
        ),
    ),
    _Kind(
        "configuration does not reach all nodes",
        "Control plane",
        (
            (
                HIGH,
                "Published route is unknown to two of five nodes",
                "We published a route at 14:10. Three nodes know it, two answer 404. Configuration sync shows a green "
                "tick for all five.",
            ),
            (
                MEDIUM,
                "Configuration sync stuck, nodes serve last week's version",
                "Two nodes serve the configuration of last week. The sync says in progress since Tuesday. Restarting "
                "the node helps until the next publication.",
            ),
            (
                HIGH,
                "404 on half of the calls after publishing: nodes out of sync",
                "After publishing version 41 about half of the calls get 404. The nodes are out of sync: some serve "
                "the new configuration and some the old one.",
            ),
            (
                MEDIUM,
                "Deleted route is still served by one node",
                "We deleted a route yesterday; one node still serves it. Its configuration is not in sync with the "
                "others, and the console does not show that.",
            ),
        ),
    ),
    _Kind(
        "access logs arrive late",
        "Logging",
        (
            (
                MEDIUM,
                "Access logs reach our bucket two hours late",
                "Log shipping to our bucket is two hours behind since the weekend. Our fraud detection reads these "
                "access logs and now sees everything too late.",
            ),
            (
                LOW,
                "Gaps in the shipped access logs",
                "Between 03:00 and 04:00 no access logs were shipped to the bucket, three nights in a row. The calls "
                "themselves were served.",
            ),
            (
                MEDIUM,
                "Log shipping stops after the nightly rotation",
                "After the rotation at 03:00 the shipping of access logs stops until somebody restarts the agent. The "
                "bucket has no logs of these hours.",
            ),
        ),
    ),
    _Kind(
        "plugin breaks with an upgrade",
        "Plugins",
        (
            (
                HIGH,
                "Transformation plugin empties the body since the upgrade",
                "Since the upgrade to 3.9 the transformation plugin sends an empty body upstream whenever the request "
                "is chunked. Turning the plugin off helps.",
            ),
            (
                HIGH,
                "After the upgrade the transformation plugin drops headers",
                "The transformation plugin no longer sets the header X-Tenant since the upgrade. Routes without the "
                "plugin are fine.",
            ),
            (
                MEDIUM,
                "Custom plugin fails to load on version 3.9",
                "Our own plugin does not load any more after the upgrade to 3.9: unknown phase. The release notes "
                "say nothing of it.",
            ),
        ),
    ),
)

_ONCE = (
    ("Developer portal", LOW, "Search in the developer portal finds nothing with umlauts", "Searching for Zölle finds "
     "nothing, searching for Zoelle does."),
    ("Developer portal", MEDIUM, "New developers get no welcome mail", "Three developers registered today and none of "
     "them was sent a mail to confirm the address."),
    ("Console", LOW, "Dates in the console are in American order", "03/04 means the third of April to us."),
    ("Analytics", MEDIUM, "Traffic report of last month is empty for one tenant", "The report lists every tenant but "
     "Vogel, which had two million calls."),
    ("Caching", HIGH, "Stale prices are served for ten minutes", "The cache keeps prices for ten minutes although the "
     "upstream says no-store."),
    ("Routing", MEDIUM, "Regular expression in a route matches too much", "A route for /v1/user also takes "
     "/v1/users-export. Anchors seem to be ignored."),
    ("Upstreams", LOW, "Weights of targets cannot be set below five per cent", "For a canary we want one per cent. The "
     "form turns it into five."),
    ("Authentication", MEDIUM, "API keys cannot be revoked from the command line", "The command says ok and the key "
     "goes on working until we revoke it in the console."),
    ("Logging", LOW, "Client address in the log is that of the load balancer", "Since we put a load balancer in front, "
     "every line names its address."),
    ("Billing", LOW, "Invoice lists calls of a tenant that left", "Tenant Ost left in spring and still is on the "
     "invoice."),
    ("WebSockets", HIGH, "WebSocket sessions end after exactly an hour", "Traders lose their session after sixty "
     "minutes, in the middle of whatever they do."),
    ("TLS termination", MEDIUM, "Old terminals cannot connect with TLS 1.1", "Four hundred terminals in the field know "
     "no newer protocol. Can it be allowed for one host?"),
)  # fmt: skip

FAULTS = (
    *(Fault(kind.name, kind.component, *report) for kind in _KINDS for report in kind.reports),
    *(Fault(title, component, severity, title, body) for component, severity, title, body in _ONCE),
)
"""All of them. A kind that comes once is called by its title."""

REPEATED = tuple(kind.name for kind in _KINDS)
"""The kinds that come again."""
