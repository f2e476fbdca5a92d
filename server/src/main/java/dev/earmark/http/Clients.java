package dev.earmark.http;

import io.github.bucket4j.Bucket;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who asks, and whether they ask too much: a token bucket for each client.
 *
 * <p>A client is an IPv4 address, or the /64 network of an IPv6 address, since one machine has all
 * of that. Programs on this machine are not limited. Only the clients seen last are remembered, so
 * memory is bounded whoever asks. Thread-safe.
 */
final class Clients {
  private static final int MOST_REMEMBERED = 10_000;
  private static final int BURST_SECONDS = 10;

  private final double requestsPerSecond;
  private final boolean forwarded;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  Clients(double requestsPerSecond, boolean forwarded) {
    this.requestsPerSecond = requestsPerSecond;
    this.forwarded = forwarded;
  }

  /** The address of the one who asks, as far as it can be believed. */
  String address(HttpServletRequest request) {
    String list = forwarded ? request.getHeader("X-Forwarded-For") : null;
    // The last entry is the one that our own proxy wrote; those before it are anybody's word.
    return list == null
        ? request.getRemoteAddr()
        : list.substring(list.lastIndexOf(',') + 1).strip();
  }

  /** Whether the client may ask now; counts as one request if so. */
  boolean allows(String address) {
    if (requestsPerSecond <= 0) {
      return true;
    }
    String client = client(address);
    if (client.isEmpty()) {
      return true;
    }
    Bucket bucket;
    synchronized (buckets) {
      bucket = buckets.computeIfAbsent(client, unused -> bucket());
    }
    return bucket.tryConsume(1);
  }

  private Bucket bucket() {
    long most = Math.max(1, Math.round(requestsPerSecond * BURST_SECONDS));
    return Bucket.builder()
        .addLimit(
            limit -> limit.capacity(most).refillGreedy(most, Duration.ofSeconds(BURST_SECONDS)))
        .build();
  }

  /** What an address counts as; empty for this machine. */
  private static String client(String address) {
    // Only an address is looked at: a name would be asked of a name server.
    if (!address.matches("\\d{1,3}(\\.\\d{1,3}){3}|\\[?[0-9a-fA-F]*:[0-9a-fA-F:.]*]?")) {
      return "unknown";
    }
    try {
      InetAddress parsed = InetAddress.getByName(address);
      byte[] bytes = parsed.getAddress();
      if (parsed.isLoopbackAddress()) {
        return "";
      }
      return HexFormat.of().formatHex(bytes.length == 16 ? Arrays.copyOf(bytes, 8) : bytes);
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
