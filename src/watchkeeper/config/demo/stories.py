"""The invented incidents of the demo: an API gateway's bad days at four customers. Every text is made up."""

from __future__ import annotations

from watchkeeper.config.demo import last_quarter
from watchkeeper.config.demo.acts import (
    Story,
    acknowledge,
    answer_escalation,
    ask,
    classify,
    confirm,
    dispatch,
    end_escalation,
    escalate,
    exclude,
    follow,
    merge,
    note,
    publish_report,
    rate,
    reopen,
    resolve,
    say,
    withdraw,
)

PRODUCT = "API Gateway"

CRITICAL, HIGH, MEDIUM, LOW, COSMETIC = 1, 2, 3, 4, 5

HALDEN = (
    Story(
        "halden",
        "ingrid",
        "-2 11:30",
        HIGH,
        "Booking partners get TLS errors since the certificate was renewed",
        "We renewed the certificate of our booking host this morning. Browsers are happy, but three partners with "
        "older Java clients now fail with an unknown issuer. About a third of our bookings come in through them.",
        "TLS termination",
        (
            dispatch("50m", "helen", "tomas"),
            note(
                "2h", "tomas", "The chain we serve lacks the intermediate; the old bundle had it. Checking the upload."
            ),
        ),
    ),
    Story(
        "halden",
        "bela",
        "-6 09:40",
        CRITICAL,
        "Every call to the tracking API answers 503",
        "Since 09:31 the gateway answers 503 to everything under /tracking. The service behind it is healthy when we "
        "call it directly. Drivers cannot close deliveries.",
        "Routing",
        (
            dispatch("12m", "helen", "noor"),
            acknowledge(
                "31m", "noor", "I am Noor and I have this. I see the 503s and am comparing with last night's config."
            ),
            say("48m", "noor", "A rollout at 09:30 marked both upstream hosts as drained. I am putting them back now."),
            say("9m", "bela", "Deliveries close again. Thank you."),
            resolve(
                "25m",
                "noor",
                "Both hosts are back in rotation. The rollout now refuses to drain the last healthy host.",
            ),
            confirm("+1 08:50", "bela"),
        ),
    ),
    Story(
        "halden",
        "ingrid",
        "-4 14:05",
        MEDIUM,
        "Usage report shows yesterday's numbers twice",
        "The daily usage report for the depots lists yesterday twice, once as today. Nothing is blocked, the report "
        "goes to planning on Friday.",
        "Analytics",
        (
            say(
                "+1 10:00",
                "tomas",
                "The export runs in UTC and your day has not ended there yet. We will fix the label.",
            ),
            say("40m", "ingrid", "That explains it. No hurry from our side."),
        ),
    ),
    Story(
        "halden",
        "bela",
        "-9 10:12",
        HIGH,
        "Webhooks to the customs broker arrive hours late",
        "Webhooks that used to arrive within seconds take between one and four hours since the weekend. The broker "
        "clears goods on them, and trucks are waiting at the border.",
        "Webhooks",
        (
            dispatch("3h", "helen", "tomas"),
            note(
                "+2 15:30", "tomas", "Queue depth grew with the retry storm from one dead endpoint. Needs a look today."
            ),
            escalate(
                "+1 08:20",
                "bela",
                "Two days without a word, and the trucks are still waiting. Please put somebody on this.",
            ),
            acknowledge(
                "35m", "tomas", "I am sorry for the silence. I am on it now: one dead endpoint is blocking the queue."
            ),
            answer_escalation(
                "30m",
                "dana",
                "Béla, I have spoken with Tomas and Helen. The queue is being split today, "
                "and I will call you at noon with where we are.",
            ),
            say(
                "2h", "tomas", "The dead endpoint has a queue of its own now. Delivery is back to seconds since 11:20."
            ),
            resolve(
                "4h",
                "tomas",
                "No webhook waited longer than three seconds this afternoon. We keep endpoints apart now.",
            ),
            end_escalation("+1 09:10", "dana", "Settled with Béla by telephone."),
            confirm("50m", "bela"),
        ),
    ),
    Story(
        "halden",
        "ingrid",
        "-14 15:20",
        LOW,
        "How do we rotate the key of a single partner?",
        "The manual describes rotating all keys at once. Is there a way to rotate only one?",
        "Developer portal",
        (
            resolve(
                "+1 11:00",
                "noor",
                "Yes: open the partner, choose Keys, and Replace. The old key stays valid for a day.",
            ),
        ),
    ),
    Story(
        "halden",
        "bela",
        "-1 10:05",
        HIGH,
        "Half of the calls from the new depot are rejected with 401",
        "The depot in Győr went live today. About every second call is rejected with 401, always with the same token.",
        "Authentication",
        (
            dispatch("20m", "helen", "noor"),
            acknowledge("14m", "noor"),
            ask(
                "36m",
                "noor",
                "Two gateways serve that depot, and one rejects your tokens as not yet valid. Can you tell "
                "me the clock of the host that signs them, to the second?",
            ),
        ),
    ),
    Story(
        "halden",
        "ingrid",
        "-3 13:30",
        HIGH,
        "Rate limit rejects our nightly import",
        "The import was cut off with 429 last night after 20,000 calls.",
        "Rate limiting",
        (withdraw("1h 10m", "ingrid", "Our own scheduler started the import twice. The limit was right to stop it."),),
    ),
)

BRIGHTWATER = (
    Story(
        "brightwater",
        "oscar",
        "-1 15:30",
        HIGH,
        "Meter readings time out for the northern region",
        "Calls that fetch readings of the northern region time out after 30 seconds. The other regions are fine. "
        "Billing starts on them tomorrow evening.",
        "Routing",
    ),
    Story(
        "brightwater",
        "yuki",
        "-5 08:20",
        CRITICAL,
        "Outage map is down: gateway returns empty answers",
        "The public outage map gets 200 with an empty body for every request. There is a storm, and people look at "
        "that map to know when power comes back.",
        "Caching",
        (
            dispatch("6m", "marc", "priya"),
            acknowledge("9m", "priya", "Priya here, I have it. The cache is serving an empty entry; I am clearing it."),
            say(
                "11m",
                "priya",
                "Cleared in all regions. The map should be right now. I am looking for how it got there.",
            ),
            say("4m", "yuki", "It is back. Thank you for the speed."),
            resolve(
                "2h",
                "priya",
                "An upstream answered 200 with nothing during its restart, and that was cached for an "
                "hour. Empty bodies of this route are no longer cached.",
            ),
            confirm("3h", "yuki"),
        ),
    ),
    Story(
        "brightwater",
        "yuki",
        "-3 09:05",
        CRITICAL,
        "Nobody can sign in to the installer portal",
        'Every sign-in ends with "invalid state". Installers cannot commission anything anywhere in the country.',
        "Authentication",
        (
            dispatch("2h", "marc", "jonas"),
            note("+1 12:15", "jonas", "Was on the Meridian call since yesterday. Should have handed this over."),
            escalate(
                "5m", "yuki", "Our installers have been standing still since yesterday morning. We need a person now."
            ),
            acknowledge(
                "22m",
                "priya",
                "Priya here; I have taken this over. The state cookie is lost between two of our "
                "gateways since the last release.",
            ),
            dispatch("2m", "marc", "priya"),
            answer_escalation(
                "25m",
                "dana",
                "Yuki, this should not have waited. Priya has it, and Marc reports to me "
                "every hour until installers can sign in.",
            ),
            say("1h 40m", "priya", "Sign-in works again through one gateway. We keep it so until the fix is released."),
            say("30m", "yuki", "Confirmed, they can work. We would like to know how this will not happen again."),
        ),
    ),
    Story(
        "brightwater",
        "oscar",
        "-8 16:10",
        HIGH,
        "Access logs have stopped arriving in our archive",
        "Nothing has arrived in the archive since noon. The regulator wants these logs without gaps.",
        "Logging",
        (
            acknowledge("+1 08:40", "jonas"),
            ask("35m", "jonas", 'Your bucket answers "access denied" since 12:02. Was its policy changed yesterday?'),
            say("2h 20m", "oscar", "It was, by our security team. They have allowed the gateway again."),
            resolve("1h", "jonas", "Logs flow again, and what was held back since yesterday noon has been delivered."),
        ),
    ),
    Story(
        "brightwater",
        "oscar",
        "-2 10:00",
        COSMETIC,
        "Logo is stretched on the sign-up page",
        "On narrow screens our logo is twice as wide as it should be.",
        "Developer portal",
    ),
    Story(
        "brightwater",
        "oscar",
        "-11 11:00",
        HIGH,
        "Quota of one tenant is used up by another",
        "A tenant is told that its quota is used up although it made no calls today.",
        "Rate limiting",
        (
            dispatch("25m", "marc", "jonas"),
            classify(
                "1h 5m", "oscar", CRITICAL, "It now hits all tenants of the eastern cluster; nobody gets through."
            ),
            acknowledge(
                "8m", "jonas", "Jonas here. I see it: two tenants share a counter since this morning's rename."
            ),
            say("50m", "jonas", "Counters are separate again, and all of them start at zero."),
            resolve(
                "1h 30m", "jonas", "Renaming a tenant no longer reuses a counter. We checked every cluster for others."
            ),
            confirm("+1 09:30", "oscar"),
        ),
    ),
    Story(
        "brightwater",
        "yuki",
        "-4 11:40",
        HIGH,
        "Latency of the tariff API went from 40 ms to 900 ms",
        "Since about 11:15 the tariff API is slow for everybody. The comparison sites drop us after one second.",
        "Performance",
        (
            acknowledge(
                "15m", "priya", "Priya here. I see the jump at 11:14 and am comparing it with what was deployed."
            ),
            say(
                "55m",
                "priya",
                "A new transformation ran a regular expression that never ends on long names. It is off now.",
            ),
            resolve("1h", "priya", "40 ms again since 12:55. The transformation comes back with a limit on its time."),
            confirm("+1 10:15", "yuki"),
        ),
        name="slow tariffs",
    ),
    Story(
        "brightwater",
        "oscar",
        "-4 12:10",
        HIGH,
        "Comparison sites complain that we answer too slowly",
        "Two comparison sites took us off because our answers take longer than a second.",
        "Performance",
        (merge("25m", "priya", "slow tariffs"),),
    ),
)

CORVINA = (
    Story(
        "corvina",
        None,
        "-25m",
        CRITICAL,
        "Card authorisation: error rate above 20 % in eu-central",
        "Five minutes above the threshold of 2 %. 412 of 1,930 calls failed with 502.",
        "Upstreams",
    ),
    Story(
        "corvina",
        "lena",
        "-50m",
        HIGH,
        "Statement downloads fail for large accounts",
        "Statements above roughly 10 MB end in the middle. Small ones are fine. Our business customers close their "
        "month today.",
        "Streaming",
        (dispatch("12m", "helen", "noor"),),
    ),
    Story(
        "corvina",
        "lena",
        "-3h",
        CRITICAL,
        "Instant payments are refused: mutual TLS fails at the clearing house",
        "The clearing house refuses our client certificate since the gateway's upgrade. No instant payment leaves the "
        "bank at the moment.",
        "TLS termination",
        (dispatch("20m", "helen", "tomas"), follow("5m", "lena", "rafael")),
    ),
    Story(
        "corvina",
        "rafael",
        "-5h",
        CRITICAL,
        "Mobile app shows balances of a closed session",
        "After signing out and in as somebody else, the app shows the first person's balance for some seconds. We have "
        "switched balances off in the app.",
        "Caching",
        (
            escalate("2h 12m", "rafael", "This is about our customers' privacy, and nobody has answered in two hours."),
            acknowledge("9m", "noor", "Noor here. Caching is off for every route with a session, as of this minute."),
            dispatch("1m", "helen", "noor"),
            answer_escalation(
                "20m",
                "dana",
                "Rafael, I am with Noor and Helen. Caching stays off until we can show you "
                "why this happened; you will have that in writing today.",
            ),
            note(
                "45m",
                "noor",
                "Cache key lacks the session since the last plugin update. Affects only routes with the plugin.",
            ),
        ),
    ),
    Story(
        "corvina",
        "lena",
        "-1 14:00",
        MEDIUM,
        "Sandbox answers with yesterday's exchange rates",
        "Rates in the sandbox are a day old. Our integration tests expect today's.",
        "Sandbox",
        (
            acknowledge("35m", "tomas"),
            ask(
                "20m",
                "tomas",
                "The feed we use for the sandbox moved. May we use the one of production there, read only?",
            ),
        ),
        environment="sandbox",
    ),
    Story(
        "corvina",
        "lena",
        "-2 09:15",
        LOW,
        "Alerts by mail have no unsubscribe link",
        "Colleagues who left the project still get the gateway's alerts and cannot stop them themselves.",
        "Alerts",
        (dispatch("2h", "helen", "noor"),),
    ),
    Story(
        "corvina",
        "lena",
        "-9 13:00",
        COSMETIC,
        "Wrong abbreviation for September in the audit view",
        'It says "Spt" where it should say "Sep".',
        "Console",
        (
            acknowledge("+6 10:00", "noor", "Thank you, and sorry that this small one waited so long."),
            resolve("+1 11:30", "noor", "Corrected; it comes with the release of this week."),
        ),
    ),
    Story(
        "corvina",
        None,
        "-7 02:30",
        CRITICAL,
        "Gateway node eu-central-2 does not answer health checks",
        "Three health checks in a row failed. Traffic moved to eu-central-1 and eu-central-3.",
        "Cluster",
        (
            acknowledge(
                "6m", "tomas", "Tomas here, on call. Traffic is on the other nodes; I am looking at the third."
            ),
            say("55m", "tomas", "Its disk was full of debug logs. Cleared, and the node is back in the cluster."),
            resolve(
                "50m",
                "tomas",
                "The node has served traffic for half an hour. Debug logs now have a limit of their own.",
            ),
            confirm("7h", "rafael"),
        ),
    ),
    Story(
        "corvina",
        "rafael",
        "-12 22:10",
        HIGH,
        "Batch of direct debits is rejected with 413",
        "The nightly batch is refused as too large. It was not larger than last month's.",
        "Limits",
        (
            acknowledge("12m", "tomas"),
            resolve("2h 40m", "tomas", "A limit of 8 MB came with the upgrade. It is 32 MB again for this route."),
            reopen("7h", "lena", "The smaller batch at 08:00 went through, the one at 09:00 was refused again."),
            say(
                "25m",
                "noor",
                "The second gateway had kept the old limit. Both say 32 MB now; please send it once more.",
            ),
            resolve(
                "3h", "noor", "Both batches of the afternoon went through. The limit is checked on every node now."
            ),
            confirm("+1 09:00", "lena"),
            rate("4m", "rafael", 3, "Solved well the second time. Please check all the nodes the first time."),
            publish_report(
                "5h",
                "noor",
                summary="The nightly batch of direct debits was refused with 413 because an upgrade had set the "
                "largest body of a request to **8 MB**. The first repair reached one of two gateways.",
                impact="One nightly batch and one of the next morning were refused and had to be sent again. No debit "
                "was lost or executed twice.",
                cause="The upgrade replaced the route's own limit by its default. The limit was not among what is "
                "compared after an upgrade, and the repair was made by hand on one node.",
                done="- 32 MB again on both gateways\n- The limit of every route is compared on every node, hourly",
                to_do="- Limits come from one file for all nodes, from the next release on\n"
                "- A batch of the size of last month's is sent to the sandbox after each upgrade",
            ),
        ),
    ),
    Story(
        "corvina",
        "lena",
        "-1h 30m",
        HIGH,
        "Developers cannot publish new versions of their APIs",
        'Publishing ends with "conflict" for everybody since the maintenance this morning.',
        "Control plane",
        (
            acknowledge(
                "8m",
                "noor",
                "Noor here. A lock of the maintenance was never given back. I am checking that "
                "nothing still holds it before I remove it.",
            ),
            say(
                "34m",
                "noor",
                "The lock is gone, and one of your versions was published. I watch the others for a while.",
            ),
        ),
    ),
    Story(
        "corvina",
        None,
        "-15 18:30",
        HIGH,
        "Call volume of one client is ten times its usual",
        "Client 4471 made 48,000 calls in ten minutes.",
        "Rate limiting",
        (
            acknowledge("6h 30m", "tomas", "Tomas here. The calls come from one address of your own network."),
            say("20m", "rafael", "That is our load test, which should have been announced. Nothing is wrong."),
            resolve("10m", "tomas", "Good to know. Nothing was changed on our side."),
            exclude(
                "+1 09:45",
                "helen",
                "acknowledgement",
                "An alert of the customer's own load test; agreed with Rafael Duarte.",
            ),
            confirm("15m", "rafael"),
        ),
    ),
)

MERIDIAN = (
    Story(
        "meridian",
        "aisha",
        "-18m",
        CRITICAL,
        "Prescriptions do not reach the pharmacies",
        "Since 20 minutes ago no prescription reaches any pharmacy. The gateway accepts them and answers 202, and then "
        "nothing arrives.",
        "Queues",
        (
            acknowledge(
                "4m",
                "priya",
                "Priya here, I have it. The messages are in our queue and are not lost; the "
                "consumer does not take them. Next word from me within the hour, sooner if it moves.",
            ),
            note(
                "5m",
                "priya",
                "Consumer group stuck on a poison message at offset 88120. Skipping it needs Marc's consent.",
            ),
        ),
    ),
    Story(
        "meridian",
        "aisha",
        "-2h",
        HIGH,
        "Appointment reminders are sent twice",
        "Some patients get every reminder twice since this morning.",
        "Webhooks",
        (
            dispatch("6m", "marc", "jonas"),
            acknowledge("14m", "jonas"),
            ask(
                "30m",
                "jonas",
                "We retry when your side takes longer than ten seconds to answer. Did something get "
                "slower on it this morning, and may we raise that to thirty?",
            ),
        ),
    ),
    Story(
        "meridian",
        "grace",
        "-6 10:30",
        CRITICAL,
        "Emergency ward cannot read patient records",
        'The ward\'s terminals show "service unavailable" for every record. They work from paper.',
        "Routing",
        (
            escalate("33m", "grace", "Our contract says thirty minutes for this. Please tell me who has it."),
            acknowledge(
                "8m",
                "jonas",
                "Jonas here. I have it, and I am sorry for the delay. A firewall change cut the "
                "route to your record service.",
            ),
            answer_escalation(
                "12m",
                "dana",
                "Grace, Jonas has it and Marc is beside him. I stay on the line with you "
                "until the ward reads records again.",
            ),
            say("30m", "jonas", "Records are readable again on all terminals of the ward; the others follow now."),
            say("45m", "grace", "Confirmed by the ward."),
            resolve(
                "40m", "jonas", "All wards read records. The change is undone, and such changes now need your consent."
            ),
            end_escalation("1h", "dana", "The ward works; the review is on Thursday."),
            confirm("+1 08:45", "grace"),
        ),
    ),
    Story(
        "meridian",
        "aisha",
        "-3 16:40",
        MEDIUM,
        "Laboratory sends results in a format the gateway rejects",
        "By telephone: a new laboratory sends results with a byte order mark, and the gateway refuses them. They are "
        "typed in by hand meanwhile.",
        "Transformations",
        (
            say(
                "15m",
                "jonas",
                "As I said on the telephone: we can strip the mark for this sender. I will do it tomorrow.",
            ),
            resolve("+1 10:20", "jonas", "Results of the laboratory are accepted since 10:05."),
        ),
        taken_by="jonas",
    ),
    Story(
        "meridian",
        "aisha",
        "-10 08:55",
        HIGH,
        "Search for appointments answers with an error every few minutes",
        "About one search in twenty fails with 500. A second try works.",
        "Upstreams",
        (
            acknowledge("9m", "priya", "Priya here. One of four upstream hosts fails; I take it out while I look."),
            say("1h 20m", "priya", "Without that host there were no errors for an hour. It ran an older version."),
            resolve("2h 10m", "priya", "The host runs the same version as the others and is back. No error since."),
            confirm("+1 09:20", "aisha"),
        ),
    ),
    Story(
        "meridian",
        "grace",
        "-4m",
        HIGH,
        "Video consultations lose their sound",
        "Three doctors report that the sound stops after about a minute. The picture goes on.",
        "WebSockets",
    ),
)

STORIES = HALDEN + BRIGHTWATER + CORVINA + MERIDIAN + last_quarter.STORIES
