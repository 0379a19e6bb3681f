# Runs the endpoint over HTTP without Rack, with one GET per connection.
require "socket"
require_relative "token_endpoint"

endpoint = TokenEndpoint.new
server = TCPServer.new("127.0.0.1", Integer(ENV.fetch("PORT")))
loop do
  Thread.new(server.accept) do |client|
    method, target = client.gets.to_s.split
    headers = {}
    while (line = client.gets) && line != "\r\n"
      name, value = line.chomp.split(": ", 2)
      headers[name.downcase] = value
    end
    path, query = target.to_s.split("?", 2)
    env = { "REQUEST_METHOD" => method, "PATH_INFO" => path, "QUERY_STRING" => query, "HTTP_COOKIE" => headers["cookie"] }
    status, answered, body = endpoint.call(env)
    client.write("HTTP/1.1 #{status} -\r\n", answered.map { |name, value| "#{name}: #{value}\r\n" }.join)
    client.write("content-length: #{body.sum(&:bytesize)}\r\nconnection: close\r\n\r\n", *body)
  ensure
    client.close
  end
end
