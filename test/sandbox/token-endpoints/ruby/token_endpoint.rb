# A token endpoint for Ledgerside in Ruby (2.7 or newer), without any package.
# `TokenEndpoint` is a Rack application: mount it in Rails or Sinatra. serve.rb runs it without Rack.
require "base64"
require "json"
require "openssl"
require "securerandom"
require "uri"

class TokenEndpoint
  WORKSPACE = ENV.fetch("LEDGERSIDE_WORKSPACE")
  # The key is the secret's UTF-8 bytes. Do not decode it as hex or base64.
  SECRET = ENV.fetch("LEDGERSIDE_SECRET")
  # The server's public address, as in the element's `server`.
  SERVER = ENV.fetch("LEDGERSIDE_SERVER")
  # This CRM's own origin, which is one of the workspace's origins.
  ORIGIN = ENV.fetch("CRM_ORIGIN")

  # Stands for the CRM's database. A missing value is nil, which becomes null.
  USERS = {
    7 => { name: "Olivia Hart", email: "olivia@crm.example", admin: true },
    8 => { name: "Ben Carter", email: nil, admin: false },
  }.freeze
  COMPANIES = { 501 => { name: "Harbour Lights" } }.freeze
  CONTACTS = {
    1001 => { name: "Nora Lindqvist", email: "nora@harbourlights.example", company_id: 501 },
    1002 => { name: "Zoë Åkesson 株式会社", email: nil, company_id: nil },
  }.freeze

  def call(env)
    asked = env["PATH_INFO"] == "/ledgerside-token" && env["REQUEST_METHOD"] == "GET"
    query = URI.decode_www_form(env["QUERY_STRING"].to_s).to_h
    status, text = asked ? answer(env, query["recordType"].to_s, query["recordId"].to_s) : [404, "Nothing is here."]
    [status, { "content-type" => "text/plain; charset=utf-8", "cache-control" => "no-store" }, [text]]
  end

  private

  def answer(env, type, id)
    user_id = find_user_id(env)
    return [401, "Sign in first."] unless user_id
    return [403, "Only for admins."] if type == "settings" && !USERS[user_id][:admin]

    described = describe_record(type, id)
    return [404, "There is no such record."] unless described

    now = Time.now.to_i
    [200, sign({
      iss: WORKSPACE, aud: SERVER, sub: user_id, jti: SecureRandom.uuid,
      iat: now, exp: now + 60, user: USERS[user_id],
      **described,
    })]
  end

  # A JWT with HS256: header, payload and signature, in base64url without padding.
  def sign(claims)
    signed = [{ alg: "HS256", typ: "JWT" }, claims].map { |part| base64url(JSON.generate(part)) }.join(".")
    "#{signed}.#{base64url(OpenSSL::HMAC.digest("SHA256", SECRET, signed))}"
  end

  def base64url(bytes)
    Base64.urlsafe_encode64(bytes, padding: false)
  end

  # The claims about the record; nil when there is no such record.
  def describe_record(type, id)
    if type == "settings"
      people = USERS.map { |user_id, user| { id: user_id, name: user[:name], email: user[:email] } }
      return { record: { type: "settings", url: "#{ORIGIN}/settings" }, users: people }
    end
    contact = CONTACTS[id.to_i] if type == "contact" && id.match?(/\A\d+\z/)
    return unless contact

    company_id = contact[:company_id]
    {
      record: {
        type: "contact", id: id.to_i, url: "#{ORIGIN}/contacts/#{id}", name: contact[:name], email: contact[:email],
      },
      company: company_id && { id: company_id, name: COMPANIES[company_id][:name] },
    }
  end

  # Use your own session here: return the user who is signed in to the CRM, never one named by the request.
  def find_user_id(env)
    id = env["HTTP_COOKIE"].to_s[/(?:\A|;\s*)crm_user=(\d+)(?:;|\z)/, 1]
    id && USERS.key?(id.to_i) ? id.to_i : nil
  end
end
