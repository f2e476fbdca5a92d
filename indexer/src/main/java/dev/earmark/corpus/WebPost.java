package dev.earmark.corpus;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends something to an address that somebody named, under the rules by which feeds are fetched: by
 * http or https, to public addresses unless private ones are allowed, to the very address that was
 * looked at. A redirect is not followed. Stateless.
 */
public final class WebPost {
  private WebPost() {}

  /**
   * What was answered.
   *
   * @param location where a redirect leads
   */
  public record Answer(int status, Optional<String> location) {}

  /**
   * Whether something may be sent to an address.
   *
   * @throws IOException if not; says why, and the remedy
   */
  public static void check(URI address, boolean allowPrivate) throws IOException {
    addresses(address, allowPrivate);
  }

  private static List<InetAddress> addresses(URI address, boolean allowPrivate) throws IOException {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(java.util.Locale.ROOT);
    if (address.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IOException(address + " is no http or https address");
    }
    if (address.getRawUserInfo() != null) {
      throw new IOException("nothing is sent to an address with a user name in it");
    }
    return allowPrivate
        ? PublicAddresses.any(address.getHost())
        : PublicAddresses.of(address.getHost());
  }

  /**
   * Sends a body.
   *
   * @param patience how long all of it may take
   * @throws IOException if no answer came; says why
   */
  public static Answer send(
      URI address,
      Map<String, String> headers,
      byte[] body,
      boolean allowPrivate,
      Duration patience)
      throws IOException {
    List<InetAddress> addresses = addresses(address, allowPrivate);
    long deadline = System.nanoTime() + patience.toNanos();
    try (WebRequest request = new WebRequest(address, Fetcher.Limits.DEFAULT, deadline)) {
      WebRequest.Answer answer = request.post(addresses, headers, body);
      return new Answer(answer.status(), answer.headers().firstValue("location"));
    } catch (HttpTimeoutException | SocketTimeoutException e) {
      throw new IOException("no answer within " + patience.toSeconds() + " s", e);
    } catch (ConnectException e) {
      throw new IOException(address.getHost() + " cannot be reached", e);
    }
  }
}
