package dev.earmark.corpus;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * One GET or POST by HTTP/1.1 (RFC 9112), to a host at addresses that were looked at before.
 *
 * <p>The JDK's clients resolve the name of a host themselves when they connect, so what they
 * connect to need not be what was checked. Here the socket is opened to a given address; the name
 * goes into the {@code Host} header, and for https into the server name indication and the check of
 * the certificate. Every wait ends at the deadline. Where a proxy is configured for the JDK, that
 * is connected to, and resolves the name by its own rules.
 *
 * <p>Used by one thread; {@link #close} may be called by any, and ends it.
 */
final class WebRequest implements AutoCloseable {
  private static final int LARGEST_HEAD = 64 << 10;
  private static final int BUFFER = 64 << 10;

  private final URI address;
  private final Fetcher.Limits limits;
  private final long deadline;
  private volatile Socket socket = new Socket(Proxy.NO_PROXY);

  /**
   * @param deadline by {@link System#nanoTime} when all must be there
   */
  WebRequest(URI address, Fetcher.Limits limits, long deadline) {
    this.address = URI.create(address.toASCIIString());
    this.limits = limits;
    this.deadline = deadline;
  }

  /** The head of an answer. */
  record Answer(int status, HttpHeaders headers) {}

  /**
   * Asks, and writes the body of an answer with status 200 to a file; others are left unread.
   *
   * @param addresses of the host, one or more
   */
  Answer get(List<InetAddress> addresses, Map<String, String> headers, Path body)
      throws IOException {
    InputStream in = send("GET", addresses, headers, new byte[0]);
    Answer answer = finalHead(in);
    if (answer.status() == 200) {
      read(in, answer.headers(), body);
    }
    return answer;
  }

  /** Sends a body; what is answered beside the head is left unread. */
  Answer post(List<InetAddress> addresses, Map<String, String> headers, byte[] body)
      throws IOException {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Content-Length", Integer.toString(body.length));
    return finalHead(send("POST", addresses, all, body));
  }

  private static Answer finalHead(InputStream in) throws IOException {
    Answer answer = head(in);
    while (answer.status() / 100 == 1) {
      answer = head(in);
    }
    return answer;
  }

  private InputStream send(
      String method, List<InetAddress> addresses, Map<String, String> headers, byte[] body)
      throws IOException {
    boolean secure = "https".equalsIgnoreCase(address.getScheme());
    Proxy proxy = proxy();
    if (proxy.type() == Proxy.Type.HTTP && proxy.address() instanceof InetSocketAddress at) {
      connect(new InetSocketAddress(at.getHostString(), at.getPort()));
      if (secure) {
        ask("CONNECT " + authority(true), Map.of(), new byte[0]);
        int status = head(new BufferedInputStream(timed())).status();
        if (status != 200) {
          throw new ConnectException("the proxy answers " + status);
        }
      }
    } else {
      connect(addresses);
    }
    if (secure) {
      secure();
    }
    String path =
        address.getRawPath() == null || address.getRawPath().isEmpty() ? "/" : address.getRawPath();
    String target = address.getRawQuery() == null ? path : path + '?' + address.getRawQuery();
    boolean absolute = proxy.type() == Proxy.Type.HTTP && !secure;
    ask(method + " " + (absolute ? "http://" + authority(false) : "") + target, headers, body);
    return new BufferedInputStream(timed(), BUFFER);
  }

  private Proxy proxy() {
    ProxySelector selector = ProxySelector.getDefault();
    List<Proxy> proxies = selector == null ? List.of() : selector.select(address);
    return proxies.isEmpty() ? Proxy.NO_PROXY : proxies.getFirst();
  }

  private int port() {
    if (address.getPort() >= 0) {
      return address.getPort();
    }
    return "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
  }

  private String authority(boolean withPort) {
    return withPort || address.getPort() >= 0
        ? address.getHost() + ':' + port()
        : address.getHost();
  }

  private void connect(List<InetAddress> addresses) throws IOException {
    IOException last = new ConnectException("no address");
    for (InetAddress each : addresses) {
      try {
        connect(new InetSocketAddress(each, port()));
        return;
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  private void connect(InetSocketAddress to) throws IOException {
    Socket before = socket;
    if (before.isClosed()) {
      throw new IOException("fetching was stopped");
    }
    Socket next = new Socket(Proxy.NO_PROXY);
    socket = next;
    before.close();
    int patience = Math.min(leftMs(), Math.toIntExact(limits.connect().toMillis()));
    try {
      next.connect(to, patience);
    } catch (SocketTimeoutException e) {
      HttpConnectTimeoutException clear = new HttpConnectTimeoutException("no connection");
      clear.initCause(e);
      throw clear;
    }
  }

  /** Goes on in TLS, with who has a certificate for the name of the host. */
  private void secure() throws IOException {
    try {
      SSLSocket tls =
          (SSLSocket)
              SSLContext.getDefault()
                  .getSocketFactory()
                  .createSocket(socket, address.getHost(), port(), true);
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      tls.setSSLParameters(parameters);
      tls.setSoTimeout(leftMs());
      socket = tls;
      tls.startHandshake();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  private void ask(String request, Map<String, String> headers, byte[] body) throws IOException {
    StringBuilder head = new StringBuilder(request).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(authority(false)).append("\r\nConnection: close\r\n");
    headers.forEach((name, value) ->
        head.append(name).append(": ").append(value.replaceAll("\\p{Cntrl}", " ")).append("\r\n"));
    OutputStream out = socket.getOutputStream();
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    out.write(body);
    out.flush();
  }

  private int leftMs() throws SocketTimeoutException {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (left <= 0) {
      throw new SocketTimeoutException("time is up");
    }
    return (int) Math.min(left, Integer.MAX_VALUE);
  }

  /** What comes, no later than the deadline. */
  private InputStream timed() throws IOException {
    Socket from = socket;
    InputStream in = from.getInputStream();
    return new InputStream() {
      @Override
      public int read() throws IOException {
        from.setSoTimeout(leftMs());
        return in.read();
      }

      @Override
      public int read(byte[] bytes, int at, int length) throws IOException {
        from.setSoTimeout(leftMs());
        return in.read(bytes, at, length);
      }
    };
  }

  private static Answer head(InputStream in) throws IOException {
    int[] left = {LARGEST_HEAD};
    String[] status = line(in, left).split(" ", 3);
    if (status.length < 2 || !status[0].startsWith("HTTP/") || !status[1].matches("[1-5]\\d\\d")) {
      throw new IOException("what answers there is not a web server");
    }
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(in, left); !line.isEmpty(); line = line(in, left)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers
            .computeIfAbsent(line.substring(0, colon).strip(), name -> new ArrayList<>())
            .add(line.substring(colon + 1).strip());
      }
    }
    headers.remove("");
    return new Answer(Integer.parseInt(status[1]), HttpHeaders.of(headers, (name, value) -> true));
  }

  private static String line(InputStream in, int[] left) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server hung up");
      }
      if (--left[0] < 0) {
        throw new IOException("the head of the answer is larger than " + LARGEST_HEAD + " bytes");
      }
      line.append((char) c);
    }
    int end = line.length();
    return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
  }

  private void read(InputStream in, HttpHeaders headers, Path body) throws IOException {
    boolean chunked =
        headers
            .firstValue("Transfer-Encoding")
            .filter(coding -> coding.toLowerCase(Locale.ROOT).contains("chunked"))
            .isPresent();
    try (OutputStream out = Files.newOutputStream(body)) {
      if (chunked) {
        long written = 0;
        for (long size = chunk(in); size > 0; size = chunk(in)) {
          written += size;
          copy(in, out, size, written);
          line(in, new int[] {2});
        }
        return;
      }
      long announced = announced(headers);
      if (announced >= 0) {
        copy(in, out, announced, announced);
        return;
      }
      byte[] buffer = new byte[BUFFER];
      long written = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        written += read;
        bound(written);
        out.write(buffer, 0, read);
      }
    }
  }

  private static long announced(HttpHeaders headers) throws IOException {
    try {
      return headers.firstValueAsLong("Content-Length").orElse(-1);
    } catch (NumberFormatException e) {
      throw new IOException("the server announces a length that is not a number", e);
    }
  }

  private static long chunk(InputStream in) throws IOException {
    String size = line(in, new int[] {1_000}).split(";", 2)[0].strip();
    if (!size.matches("[0-9a-fA-F]{1,15}")) {
      throw new IOException("the answer is cut into pieces without a size");
    }
    return Long.parseLong(size, 16);
  }

  private void bound(long bytes) throws IOException {
    if (bytes > limits.bytes()) {
      throw new IOException("is larger than " + Fetcher.size(limits.bytes()));
    }
  }

  private void copy(InputStream in, OutputStream out, long size, long all) throws IOException {
    bound(all);
    byte[] buffer = new byte[BUFFER];
    for (long left = size; left > 0; ) {
      int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        throw new EOFException("the server hung up before all of it was sent");
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // There is nothing left to be said on it.
      return;
    }
  }
}
