package dev.earmark.index.opensearch;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The nodes of a cluster in the order in which to ask them: by turns, and those that lately did not
 * answer last. Thread-safe.
 */
final class Hosts {
  private static final long SHORTEST_REST_NANOS = 1_000_000_000L;
  private static final int LONGEST_DOUBLINGS = 5;

  private final List<URI> hosts;
  private final Map<URI, Rest> resting = new HashMap<>();
  private int next;

  private record Rest(int failures, long until) {}

  Hosts(List<URI> hosts) {
    this.hosts = hosts;
    this.next = ThreadLocalRandom.current().nextInt(hosts.size());
  }

  /** All hosts, the one to ask first first. */
  synchronized List<URI> inOrder() {
    List<URI> awake = new ArrayList<>();
    List<URI> asleep = new ArrayList<>();
    long now = System.nanoTime();
    for (int i = 0; i < hosts.size(); i++) {
      URI host = hosts.get((next + i) % hosts.size());
      Rest rest = resting.get(host);
      (rest == null || now - rest.until >= 0 ? awake : asleep).add(host);
    }
    next = (next + 1) % hosts.size();
    awake.addAll(asleep);
    return awake;
  }

  synchronized void answered(URI host) {
    resting.remove(host);
  }

  /** A host that did not answer rests for a second, then two, four, up to half a minute. */
  synchronized void failed(URI host) {
    Rest before = resting.get(host);
    int failures = before == null ? 1 : before.failures + 1;
    long rest = SHORTEST_REST_NANOS << Math.min(LONGEST_DOUBLINGS, failures - 1);
    resting.put(host, new Rest(failures, System.nanoTime() + rest));
  }
}
