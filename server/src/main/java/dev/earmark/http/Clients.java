package dev.earmark.http;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.EstimationProbe;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and whether they ask too much: token buckets for each client, one of requests and one
 * of processor time.
 *
 * <p>A client is an IPv4 address, or the /64 network of an IPv6 address, since one machine has all
 * of that. Programs on this machine are not limited. Only the clients seen last are remembered, so
 * memory is bounded whoever asks.
 *
 * <p>What an answer costs is known when it has been given, so processor time is taken then, on
 * credit: who owes any is not let in until it has been made good. And one client may have only a
 * part of the cores at once, so that the others do not wait for it. Thread-safe.
 */
final class Clients {
  private static final int MOST_REMEMBERED = 10_000;
  private static final int BURST_SECONDS = 10;

  /** How many clients may always have asked for all they may, and leave the machine not full. */
  private static final int SHARES = 8;

  /** How many seconds of its share a client may use at once. */
  private static final int SAVED_SECONDS = 8;

  private static final Client ANYBODY = new Client(null, null, null);

  private final double requestsPerSecond;
  private final boolean forwarded;
  private final Duration share;
  private final Map<String, Client> known =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Client> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  Clients(double requestsPerSecond, boolean forwarded) {
    this(
        requestsPerSecond,
        forwarded,
        Duration.ofSeconds(Runtime.getRuntime().availableProcessors()).dividedBy(SHARES));
  }

  /**
   * @param requestsPerSecond 0 or less for no limits at all
   * @param share the processor time that a client may take in a second
   */
  Clients(double requestsPerSecond, boolean forwarded, Duration share) {
    this.requestsPerSecond = requestsPerSecond;
    this.forwarded = forwarded;
    this.share = share;
  }

  /** The address of the one who asks, as far as it can be believed. */
  String address(HttpServletRequest request) {
    String list = forwarded ? request.getHeader("X-Forwarded-For") : null;
    // The last entry is the one that our own proxy wrote; those before it are anybody's word.
    return list == null
        ? request.getRemoteAddr()
        : list.substring(list.lastIndexOf(',') + 1).strip();
  }

  /**
   * One who asks.
   *
   * @param requests null for any number; so with the others
   * @param processor a token is a nanosecond
   * @param atOnce how many answers to it may be worked on
   */
  record Client(@Nullable Bucket requests, @Nullable Bucket processor, @Nullable Semaphore atOnce) {

    /** Whether the client may ask now; counts as one request if so. */
    boolean mayAsk() {
      return requests == null || requests.tryConsume(1);
    }

    /** In how many seconds the processor time it took will have been made good; 0 if it is. */
    long secondsInDebt() {
      if (processor == null) {
        return 0;
      }
      EstimationProbe probe = processor.estimateAbilityToConsume(1);
      return probe.canBeConsumed()
          ? 0
          : 1 + TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill());
    }

    /** Takes processor time, also what there is not. */
    void spend(long nanos) {
      if (processor != null && nanos > 0) {
        var unused = processor.consumeIgnoringRateLimits(nanos);
      }
    }

    /** Whether its next answer may be worked on, soon enough; it must {@link #leave} if so. */
    boolean enter(long patienceMs) {
      if (atOnce == null || atOnce.tryAcquire()) {
        return true;
      }
      try {
        return atOnce.tryAcquire(patienceMs, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    void leave() {
      if (atOnce != null) {
        atOnce.release();
      }
    }
  }

  /** The client of an address. */
  Client client(String address) {
    if (requestsPerSecond <= 0) {
      return ANYBODY;
    }
    String name = name(address);
    if (name.isEmpty()) {
      return ANYBODY;
    }
    synchronized (known) {
      return known.computeIfAbsent(name, unused -> stranger());
    }
  }

  private Client stranger() {
    long most = Math.max(1, Math.round(requestsPerSecond * BURST_SECONDS));
    return new Client(
        bucket(most, most, BURST_SECONDS),
        bucket(SAVED_SECONDS * share.toNanos(), share.toNanos(), 1),
        new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true));
  }

  private static Bucket bucket(long most, long refilled, int seconds) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(most).refillGreedy(refilled, Duration.ofSeconds(seconds)))
        .build();
  }

  /** What an address counts as; empty for this machine. */
  private static String name(String address) {
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
