"""A token endpoint for Ledgerside in Python, without any package (3.8 or newer)."""

import base64
import hashlib
import hmac
import json
import os
import time
import uuid
from http.cookies import SimpleCookie
from urllib.parse import parse_qs
from wsgiref.simple_server import make_server

WORKSPACE = os.environ["LEDGERSIDE_WORKSPACE"]
# The key is the secret's UTF-8 bytes. Do not decode it as hex or base64.
SECRET = os.environ["LEDGERSIDE_SECRET"].encode("utf-8")
# The server's public address, as in the element's `server`.
SERVER = os.environ["LEDGERSIDE_SERVER"]
# This CRM's own origin, which is one of the workspace's origins.
ORIGIN = os.environ["CRM_ORIGIN"]

# Stands for the CRM's database. A missing value is None, which becomes null.
USERS = {
    7: {"name": "Olivia Hart", "email": "olivia@crm.example", "admin": True},
    8: {"name": "Ben Carter", "email": None, "admin": False},
}
COMPANIES = {501: {"name": "Harbour Lights"}}
CONTACTS = {
    1001: {"name": "Nora Lindqvist", "email": "nora@harbourlights.example", "company_id": 501},
    1002: {"name": "Zoë Åkesson 株式会社", "email": None, "company_id": None},
}


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def sign(claims):
    """A JWT with HS256: header, payload and signature, in base64url without padding."""
    header = base64url(json.dumps({"alg": "HS256", "typ": "JWT"}).encode("utf-8"))
    payload = base64url(json.dumps(claims).encode("utf-8"))
    signature = hmac.new(SECRET, f"{header}.{payload}".encode("ascii"), hashlib.sha256).digest()
    return f"{header}.{payload}.{base64url(signature)}"


def describe_record(user, record_type, record_id):
    """The claims about the record; None when this user has no such record."""
    if record_type == "settings":
        people = [{"id": key, "name": one["name"], "email": one["email"]} for key, one in USERS.items()]
        return {"record": {"type": "settings", "url": f"{ORIGIN}/settings"}, "users": people}
    contact = CONTACTS.get(int(record_id)) if record_type == "contact" and record_id.isdecimal() else None
    if contact is None:
        return None
    company_id = contact["company_id"]
    return {
        "record": {
            "type": "contact",
            "id": int(record_id),
            "url": f"{ORIGIN}/contacts/{record_id}",
            "name": contact["name"],
            "email": contact["email"],
        },
        "company": company_id and {"id": company_id, "name": COMPANIES[company_id]["name"]},
    }


def find_user(environ):
    """Use your own session here: return the user who is signed in to the CRM, never one named by the request."""
    cookie = SimpleCookie(environ.get("HTTP_COOKIE", "")).get("crm_user")
    return int(cookie.value) if cookie and cookie.value.isdecimal() and int(cookie.value) in USERS else None


def answer(environ):
    query = parse_qs(environ.get("QUERY_STRING", ""))
    record_type = query.get("recordType", [""])[0]
    record_id = query.get("recordId", [""])[0]
    user_id = find_user(environ)
    if user_id is None:
        return "401 Unauthorized", "Sign in first."
    user = USERS[user_id]
    if record_type == "settings" and not user["admin"]:
        return "403 Forbidden", "Only for admins."
    described = describe_record(user, record_type, record_id)
    if described is None:
        return "404 Not Found", "There is no such record."
    now = int(time.time())
    return "200 OK", sign({
        "iss": WORKSPACE,
        "aud": SERVER,
        "sub": user_id,
        "jti": str(uuid.uuid4()),
        "iat": now,
        "exp": now + 60,
        "user": user,
        **described,
    })


def app(environ, start_response):
    if environ["PATH_INFO"] == "/ledgerside-token" and environ["REQUEST_METHOD"] == "GET":
        status, text = answer(environ)
    else:
        status, text = "404 Not Found", "Nothing is here."
    start_response(status, [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")])
    return [text.encode("utf-8")]


if __name__ == "__main__":
    make_server("127.0.0.1", int(os.environ["PORT"]), app).serve_forever()
