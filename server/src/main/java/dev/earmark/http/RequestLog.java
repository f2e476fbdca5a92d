package dev.earmark.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each request, as {@code key=value} pairs (logfmt).
 *
 * <p>What was asked stands there only on demand: what people search for is their own. Values that a
 * client chose are quoted and escaped, so none can write a line of its own. Thread-safe.
 */
final class RequestLog {
  private static final Logger LOG = LoggerFactory.getLogger("dev.earmark.requests");

  /** In characters as written: three of them fit into what a pipe takes whole, 4,096 bytes. */
  private static final int LONGEST_VALUE = 1_000;

  /** The attribute of a request that holds its number. */
  static final String REQUEST_ID = "requestId";

  private final ServerSettings.RequestLogging what;
  private final Clients clients;

  RequestLog(ServerSettings.RequestLogging what, Clients clients) {
    this.what = what;
    this.clients = clients;
  }

  void log(HttpServletRequest request, int status, long tookNanos) {
    String path = request.getRequestURI();
    boolean file = path.startsWith("/assets/") && status < 400;
    if (what == ServerSettings.RequestLogging.NONE || file) {
      return;
    }
    StringBuilder line = new StringBuilder(160);
    line.append("id=").append(requestId(request));
    line.append(" method=").append(request.getMethod());
    line.append(" path=").append(quoted(path));
    String query = request.getQueryString();
    if (what == ServerSettings.RequestLogging.QUERIES && query != null) {
      line.append(" query=").append(quoted(query));
    }
    line.append(" status=").append(status);
    line.append(" ms=").append(String.format(Locale.ROOT, "%.1f", tookNanos / 1e6));
    line.append(" client=").append(quoted(clients.address(request)));
    LOG.info("{}", line);
  }

  /** The number of a request, which its error page shows as well. */
  static String requestId(HttpServletRequest request) {
    return String.valueOf(request.getAttribute(REQUEST_ID));
  }

  static String quoted(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    int i = 0;
    for (; i < value.length() && quoted.length() < LONGEST_VALUE; i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || (c >= 0x7F && c < 0xA0) || c == '\u2028' || c == '\u2029') {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append(i < value.length() ? "…\"" : "\"").toString();
  }
}
