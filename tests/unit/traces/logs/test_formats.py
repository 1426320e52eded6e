"""Lines of each format against what was written into them by hand."""

from __future__ import annotations

import pytest

from withhold.errors import BadInput
from withhold.traces.logs import format_of, json_lines, own_format, plain_lines, w3c
from withhold.traces.logs.line import Line, asked, path_of

AT = 971_211_336  # 2000-10-10 20:55:36 UTC, by `date -u -d "2000-10-10 20:55:36" +%s`
HEAD = b'203.0.113.7 - frank [10/Oct/2000:13:55:36 -0700] "GET /a.html?x=1 HTTP/1.0" 200 2326'
AGENT = b"Mozilla/5.0 (compatible; GPTBot/1.2)"


def line(format_: str, **other: object) -> Line:
    """The line that all these say, in one format or another."""
    usual: dict[str, object] = {
        "client": b"203.0.113.7",
        "seconds": AT,
        "method": b"GET",
        "target": b"/a.html?x=1",
        "status": 200,
        "sent": 2326,
        "agent": AGENT,
    }
    return Line(format_, **{**usual, **other})  # type: ignore[arg-type]


def test_common_combined_and_with_a_host() -> None:
    combined = HEAD + b' "http://www.example.com/start.html" "' + AGENT + b'"'
    assert plain_lines.read(combined) == line("combined")
    assert plain_lines.read(HEAD) == line("common", agent=b"")
    assert plain_lines.read(b"example.org:443 " + combined) == line("vhost_combined")
    user = b"h:443 " + combined.replace(b" - frank ", b" [10/Oct/2000:13:55:36 [ ")
    assert plain_lines.read(user) == line("vhost_combined")  # both are names of users
    odd = b"{" + combined[1:]  # no client is called so, but the answer is that of any other way
    assert format_of.any_line(odd) == line("combined", client=b"{03.0.113.7")
    assert plain_lines.read(b"example.org " + combined) == line("vhost_combined")
    assert plain_lines.read(b"_ " + combined) == line("vhost_combined")  # nginx's server_name _
    v6 = combined.replace(b"203.0.113.7", b"2001:db8::1")
    assert plain_lines.read(b"abc.de " + v6) == line("vhost_combined", client=b"2001:db8::1")
    both = plain_lines.read(b"198.51.100.9 " + combined)
    assert both == line("combined", client=b"198.51.100.9")
    named = combined.replace(b"203.0.113.7 - frank", b"host.example - frank of Utrecht")
    assert plain_lines.read(named) == line("combined", client=b"host.example")
    assert plain_lines.read(combined + b' "198.51.100.1" 0.021') == line("combined")
    v6 = combined.replace(b"203.0.113.7", b"2001:db8::1:443")
    assert plain_lines.read(v6) == line("combined", client=b"2001:db8::1:443")
    blank = combined.replace(b"frank", b"Frank of Utrecht")
    assert plain_lines.read(blank) == line("combined")


def test_escapes_of_apache_and_nginx_are_undone() -> None:
    raw = HEAD.replace(b"/a.html?x=1", rb"/\xc3\xa4\"b") + rb' "-" "say \"GPTBot\" \\"'
    found = plain_lines.read(raw)
    assert found == line("combined", target=b'/\xc3\xa4"b', agent=b'say "GPTBot" \\')
    assert path_of(b"/\xc3\xa4") == "/%C3%A4"


@pytest.mark.parametrize(
    ("request_", "method", "target"),
    [
        (b"GET / HTTP/1.1", b"GET", b"/"),
        (b"GET /old", b"GET", b"/old"),
        (b"GET /a b HTTP/1.1", b"GET", b"/a b"),
        (b"-", b"", b""),
        (b"", b"", b""),
        (b"\x16\x03\x01 \x02", b"", b""),
        (b"OPTIONS * HTTP/1.1", b"OPTIONS", b"*"),
    ],
)
def test_request_lines(request_: bytes, method: bytes, target: bytes) -> None:
    assert asked(request_) == (method, target)


@pytest.mark.parametrize(
    ("target", "path"),
    [
        (b"/a?b#c", "/a?b"),
        (b"http://example.org/x?y", "/x?y"),
        (b"HTTPS://example.org", "/"),
        (b"http://example.org?q", "/?q"),
        (b"*", ""),
        (b"example.org:443", ""),
        (b"", ""),
    ],
)
def test_the_path_of_a_target(target: bytes, path: str) -> None:
    assert path_of(target) == path


CADDY = (
    b'{"level":"info","ts":971211336.52,"logger":"http.log.access","msg":"handled request",'
    b'"request":{"remote_ip":"203.0.113.7","remote_port":"41342","proto":"HTTP/2.0",'
    b'"method":"GET","host":"localhost","uri":"/a.html?x=1","headers":{"User-Agent":["'
    + AGENT
    + b'"],"Accept":["*/*"]}},"duration":0.0009,"size":2326,"status":200}'
)


def test_caddy() -> None:
    assert json_lines.read(CADDY) == line("caddy")
    old = CADDY.replace(b'"remote_ip":"203.0.113.7","remote_port"', b'"remote_addr":"[::1]:7","p"')
    assert json_lines.read(old) == line("caddy", client=b"::1")
    iso = CADDY.replace(b"971211336.52", b'"2000-10-10T22:55:36.520+0200"')
    assert json_lines.read(iso) == line("caddy")
    assert json_lines.read(CADDY.replace(b"200}", b"null}")) == "no-request"
    assert json_lines.read(b'{"level":"info","msg":"serving"}') == "no-request"
    assert json_lines.read(CADDY[:-20]) == "bad-json"
    twice = CADDY.replace(b'"User-Agent":["', b'"User-Agent":["curl/8","')
    assert json_lines.read(twice) == line("caddy", agent=b"curl/8 " + AGENT)
    none = CADDY.replace(b'["' + AGENT + b'"]', b"[]")
    assert json_lines.read(none) == line("caddy", agent=b"")
    assert json_lines.read(CADDY.replace(b"971211336.52", b"1e300")) == "bad-time"
    assert json_lines.read(CADDY.replace(b"971211336.52", b"1" + b"0" * 400)) == "bad-time"
    assert json_lines.read(b"{" * 60_000) == "bad-json"


def test_cloudfront_json_by_any_of_its_names() -> None:
    standard = (
        b'{"date":"2000-10-10","time":"20:55:36","c-ip":"203.0.113.7","cs-method":"GET",'
        b'"cs-uri-stem":"/a.html","cs-uri-query":"x=1","sc-status":"200","sc-bytes":"2326",'
        b'"cs(User-Agent)":"Mozilla/5.0%20(compatible;%20GPTBot/1.2)"}'
    )
    real_time = (
        b'{"timestamp":"971211336.123","c_ip":"203.0.113.7","cs_method":"GET",'
        b'"cs_uri_stem":"/a.html?x=1","sc_status":200,"sc_bytes":2326,'
        b'"cs_user_agent":"Mozilla/5.0%2520(compatible;%2520GPTBot/1.2)"}'
    )
    assert json_lines.read(standard) == line("cloudfront-json")
    assert json_lines.read(real_time) == line("cloudfront-json")


def test_nginx_json() -> None:
    raw = (
        b'{"time_iso8601":"2000-10-10T22:55:36+02:00","remote_addr":"203.0.113.7","request":'
        b'"GET /a.html?x=1 HTTP/1.1","status":"200","body_bytes_sent":"2326","http_user_agent":"'
        + AGENT
        + b'"}'
    )
    assert json_lines.read(raw) == line("nginx-json")


FIELDS = b"#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem "
FIELDS += b"sc-status cs(Referer) cs(User-Agent) cs-uri-query"
ROW = b"2000-10-10\t20:55:36\tLHR\t2326\t203.0.113.7\tGET\td.example\t/a.html\t200\t-\t"
ROW += b"Mozilla/5.0%20(compatible;%20GPTBot/1.2)\tx=1"


def test_cloudfront_rows_by_their_heading() -> None:
    rows = w3c.Rows()
    assert rows.read(ROW) == "no-format"
    assert rows.read(b"#Version: 1.0") == "comment"
    assert rows.read(FIELDS) == "comment"
    assert rows.read(ROW) == line("cloudfront")
    assert rows.read(ROW + b"\tmore") == "bad-fields"
    assert rows.read(ROW.replace(b"20:55", b"25:55")) == "bad-time"


@pytest.mark.parametrize(
    "text",
    [
        r"%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\"",
        '%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i"',
        '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent '
        '"$http_referer" "$http_user_agent"',
        r'LogFormat "%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\"" combined',
        "log_format main escape=default\n"
        "  '$remote_addr - $remote_user [$time_local] \"$request\" '\n"
        '  \'$status $body_bytes_sent "$http_referer" "$http_user_agent"\';',
        "'$remote_addr - $remote_user [$time_local] \"$request\" $status '"
        ' \'$body_bytes_sent "$http_referer" "$http_user_agent"\'',
    ],
)
def test_own_formats_that_are_combined(text: str) -> None:
    raw = HEAD + b' "-" "' + AGENT + b'"'
    assert own_format.reader(text)(raw) == line("own")


def test_own_formats_of_other_shapes() -> None:
    apache = own_format.reader('%{%Y-%m-%dT%H:%M:%S%z}t|%a|%m|%U%q|%>s|%O|"%{User-agent}i"|%D')
    raw = b"2000-10-10T13:55:36-0700|203.0.113.7|GET|/a.html?x=1|200|2326|" + b'"%s"|17' % AGENT
    assert apache(raw) == line("own")
    nginx = own_format.reader(
        '$msec ${http_x_forwarded_for}; $request_uri $status "$http_user_agent"'
    )
    raw = b'971211336.123 10.0.0.1, 203.0.113.7; /a.html?x=1 200 "' + AGENT + b'"'
    assert nginx(raw) == line("own", sent=0)
    assert nginx(raw.replace(b"971211336.123", b"yesterday")) == "bad-time"
    assert nginx(b"something else") == "no-format"


@pytest.mark.parametrize(
    "text", ["%h %t", "combinde", '%h%l %t "%r" %>s "%{User-Agent}i"', "$remote_addr $status"]
)
def test_formats_that_cannot_be_used(text: str) -> None:
    with pytest.raises(BadInput):
        format_of.named(text)


def test_a_name_or_a_list_of_addresses_with_blanks_hides_no_line() -> None:
    """Whoever asks chooses the name; each proxy adds an address."""
    text = (
        '$http_x_forwarded_for - $remote_user [$time_local] "$request" $status '
        '$body_bytes_sent "$http_referer" "$http_user_agent"'
    )
    read = own_format.reader(text)
    rest = b'[10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.1" 200 5 "-" "GPTBot"'
    for client, user in ((b"192.0.2.1, 203.0.113.7", b"-"), (b"203.0.113.7", b"a b  c - d")):
        found = read(client + b" - " + user + b" " + rest)
        assert isinstance(found, Line)
        assert (found.client, found.agent, found.status) == (b"203.0.113.7", b"GPTBot", 200)
    assert read(b"1 " * 200_000 + rest) == "no-format"
    assert read(b"1 - " * 100_000) == "no-format"


def test_a_named_format_reads_no_other() -> None:
    combined = HEAD + b' "-" "' + AGENT + b'"'
    shape = format_of.named("combined")
    assert shape is not None
    assert shape.reader()(combined) == line("combined")
    assert shape.reader()(HEAD) == "no-format"
    assert format_of.named("") is None
    assert format_of.named(" \n") is None


@pytest.mark.parametrize(
    ("head", "name", "fast", "cuttable"),
    [
        (HEAD + b' "-" "x"\n', "combined", True, True),
        (b"\xef\xbb\xbf" + HEAD + b' "-" "x"\r\n', "combined", True, True),
        (HEAD + b' "-" "x" more\n', "combined", True, True),
        (b"h:80 " + HEAD + b' "-" "x"\n', "vhost_combined", True, True),
        (b"example.org " + HEAD + b' "-" "x"\n', "vhost_combined", True, True),
        (CADDY, "caddy", False, True),
        (b"#Version: 1.0\n" + FIELDS, "cloudfront", False, False),
        (b"\0\xff\n", "", False, True),
    ],
)
def test_a_format_is_told_by_the_first_lines(
    head: bytes, name: str, fast: bool, cuttable: bool
) -> None:
    shape = format_of.of(head)
    assert (shape.name, bool(shape.fast), shape.cuttable) == (name, fast, cuttable)
