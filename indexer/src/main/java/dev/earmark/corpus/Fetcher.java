package dev.earmark.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Fetches documents over http and https, for people who do not trust who wrote the addresses.
 *
 * <p><b>Bounds.</b> A document has a largest size, which the length it announces, what arrives and
 * what that unpacks to are each held against; a time by which all of it must be there, redirects
 * included; and at most {@value #MOST_REDIRECTS} redirects, each looked at like the first address.
 * A host that cannot be reached is not asked again by the same fetcher, so that a thousand links to
 * it cost one time-out.
 *
 * <p><b>Whom it asks.</b> Only hosts all of whose addresses are public, unless private ones are
 * allowed. The name is resolved before each request, its addresses are checked, and the connection
 * is made to one of these ({@link WebRequest}), so that a name server that answers differently the
 * next time changes nothing. Where a proxy is configured for the JDK, the proxy resolves the name,
 * by its own rules.
 *
 * <p><b>What it keeps.</b> The last version of each document, in a folder, with what the server
 * said to recognise it by ({@code ETag}, {@code Last-Modified}): a document that has not changed is
 * not sent again. One that can no longer be had is served from there, and {@link Fetched#stale}
 * says so. Within the life of a fetcher an address is asked once.
 *
 * <p>Thread-safe. Closing it stops requests under way.
 */
public final class Fetcher implements AutoCloseable {
  static final int MOST_REDIRECTS = 5;

  private static final String USER_AGENT = "Earmark/0.1 (transcript search)";
  private static final int TIMEOUTS_A_HOST = 3;

  /**
   * What a document may cost.
   *
   * @param bytes its largest size, as sent and as unpacked
   * @param connect how long to wait for a connection
   * @param whole how long to wait for all of it
   */
  public record Limits(long bytes, Duration connect, Duration whole) {
    /** 64 MiB; 10 seconds to connect and two minutes for all of it. */
    public static final Limits DEFAULT =
        new Limits(64L << 20, Duration.ofSeconds(10), Duration.ofMinutes(2));
  }

  /**
   * A document that was fetched.
   *
   * @param file its content; not to be changed
   * @param address where it was found after all redirects
   * @param mediaType what the server says it is; empty if nothing
   * @param stale why it could not be fetched anew, if this is an older version; else null
   */
  public record Fetched(Path file, URI address, String mediaType, @Nullable String stale) {}

  /** Tells the addresses at which a host may be asked; see {@link PublicAddresses#of}. */
  interface Hosts {
    List<InetAddress> of(String host) throws UnknownHostException;

    static Hosts of(boolean allowPrivate) {
      return allowPrivate ? PublicAddresses::any : PublicAddresses::of;
    }
  }

  private final @Nullable Path folder;
  private final boolean temporary;
  private final Hosts hosts;
  private final Limits limits;
  private final boolean web;
  private final Set<WebRequest> open = ConcurrentHashMap.newKeySet();
  private final Map<URI, CompletableFuture<Fetched>> asked = new ConcurrentHashMap<>();
  private final Map<String, String> unreachable = new ConcurrentHashMap<>();
  private final Map<String, Integer> timeouts = new ConcurrentHashMap<>();

  private Fetcher(
      @Nullable Path folder, boolean temporary, Hosts hosts, Limits limits, boolean web) {
    this.folder = folder;
    this.temporary = temporary;
    this.hosts = hosts;
    this.limits = limits;
    this.web = web;
  }

  /**
   * A fetcher that keeps what it fetches.
   *
   * @param folder is made when it is first needed
   * @param allowPrivate whether hosts in private networks may be asked
   */
  public static Fetcher keeping(Path folder, boolean allowPrivate, Limits limits) {
    return keepingFrom(folder, Hosts.of(allowPrivate), limits);
  }

  /** A fetcher that keeps what it fetches, and finds hosts as the caller says. */
  static Fetcher keepingFrom(Path folder, Hosts hosts, Limits limits) {
    return new Fetcher(folder, false, hosts, limits, true);
  }

  /** A fetcher that forgets everything when it is closed. */
  public static Fetcher forgetting(boolean allowPrivate) throws IOException {
    Path folder = Files.createTempDirectory("earmark-fetched");
    return new Fetcher(folder, true, Hosts.of(allowPrivate), Limits.DEFAULT, true);
  }

  /** A fetcher that asks nobody: every address is refused. */
  public static Fetcher none() {
    return new Fetcher(null, false, Hosts.of(false), Limits.DEFAULT, false);
  }

  /**
   * Fetches a document, or gives what this fetcher has of it.
   *
   * @param address http or https, with a host
   * @throws IOException if it cannot be had, saying why
   */
  public Fetched fetch(URI address) throws IOException {
    return fetch(address, limits);
  }

  /**
   * Fetches a document whose bytes are needed once: nothing of it is kept.
   *
   * @param within what it may cost, if that is less than other documents may
   * @throws IOException if it cannot be had, saying why
   */
  byte[] fetchOnce(URI address, Limits within) throws IOException {
    Fetched fetched = fetch(address, within);
    byte[] bytes = Files.readAllBytes(fetched.file());
    Path cache = folder;
    if (cache != null) {
      Entry.of(cache, address).drop();
      asked.remove(address);
    }
    return bytes;
  }

  private Fetched fetch(URI address, Limits within) throws IOException {
    CompletableFuture<Fetched> mine = new CompletableFuture<>();
    CompletableFuture<Fetched> others = asked.putIfAbsent(address, mine);
    if (others == null) {
      try {
        mine.complete(fetchOrKept(address, within));
      } catch (IOException | RuntimeException e) {
        mine.completeExceptionally(e);
      }
    }
    try {
      return (others == null ? mine : others).join();
    } catch (CompletionException e) {
      throw new IOException(
          e.getCause() == null ? e.toString() : String.valueOf(e.getCause().getMessage()), e);
    }
  }

  private Fetched fetchOrKept(URI address, Limits within) throws IOException {
    Path cache = folder;
    if (!web || cache == null) {
      throw new IOException("addresses are not fetched here; save it as a file");
    }
    if (address.getRawUserInfo() != null) {
      throw new IOException("an address with a user name in it is not fetched");
    }
    Files.createDirectories(cache);
    Entry entry = Entry.of(cache, address);
    try {
      return fetch(address, entry, within);
    } catch (PublicAddresses.NotPublicException e) {
      throw e;
    } catch (IOException e) {
      Fetched kept = entry.kept(String.valueOf(e.getMessage()));
      if (kept == null) {
        throw e;
      }
      return kept;
    }
  }

  private Fetched fetch(URI address, Entry entry, Limits within) throws IOException {
    long deadline = System.nanoTime() + within.whole().toNanos();
    URI at = address;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      Answer answer = ask(at, entry, within, deadline);
      int status = answer.status();
      if (status == 200) {
        return entry.keep(
            answer.headers(), at, unpacked(entry.folder(), answer.body(), within, deadline));
      }
      if (status == 304) {
        Fetched kept = entry.kept(null);
        if (kept != null) {
          return kept;
        }
      }
      Optional<String> location = answer.headers().firstValue("location");
      if (!isRedirect(status) || location.isEmpty()) {
        throw new IOException("the server answers " + status);
      }
      URI from = at;
      at =
          WebAddress.resolve(from, location.get())
              .orElseThrow(() ->
                  new IOException(
                      "is redirected to \"" + location.get() + "\", which is not an http address"));
    }
    throw new IOException("is redirected more than " + MOST_REDIRECTS + " times");
  }

  private static boolean isRedirect(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  private record Answer(int status, HttpHeaders headers, Path body) {}

  private Answer ask(URI address, Entry entry, Limits within, long deadline) throws IOException {
    String host = address.getHost() + ":" + address.getPort();
    String before = unreachable.get(host);
    if (before != null) {
      throw new IOException(before);
    }
    try {
      return send(address, hosts.of(address.getHost()), entry, within, deadline);
    } catch (PublicAddresses.NotPublicException e) {
      throw e;
    } catch (HttpConnectTimeoutException e) {
      throw gaveUp(host, address.getHost() + " does not answer");
    } catch (HttpTimeoutException | SocketTimeoutException e) {
      String message = "not all of it came within " + within.whole().toSeconds() + " s";
      if (timeouts.merge(host, 1, Integer::sum) >= TIMEOUTS_A_HOST) {
        throw gaveUp(host, message);
      }
      throw new IOException(message, e);
    } catch (UnknownHostException e) {
      throw gaveUp(host, String.valueOf(e.getMessage()));
    } catch (ConnectException e) {
      throw gaveUp(host, address.getHost() + " cannot be reached");
    }
  }

  private IOException gaveUp(String host, String why) {
    unreachable.put(host, why);
    return new IOException(why);
  }

  private Answer send(
      URI address, List<InetAddress> addresses, Entry entry, Limits within, long deadline)
      throws IOException {
    Path body = Files.createTempFile(entry.folder(), "incoming", ".part");
    Map<String, String> headers = new LinkedHashMap<>(entry.validators());
    headers.put("User-Agent", USER_AGENT);
    headers.put("Accept", "*/*");
    headers.put("Accept-Encoding", "gzip");
    boolean done = false;
    try (WebRequest request = new WebRequest(address, within, deadline)) {
      open.add(request);
      try {
        WebRequest.Answer answer = request.get(addresses, headers, body);
        done = answer.status() == 200;
        return new Answer(answer.status(), answer.headers(), body);
      } finally {
        open.remove(request);
      }
    } finally {
      if (!done) {
        Files.deleteIfExists(body);
      }
    }
  }

  static String size(long bytes) {
    return bytes >= 1 << 20 ? (bytes >> 20) + " MiB" : bytes + " bytes";
  }

  /**
   * The body as it was before it was packed. Packed bodies are told by their first two bytes (RFC
   * 1952, 2.3.1), as headers are wrong both ways.
   */
  private static Path unpacked(Path folder, Path body, Limits within, long deadline)
      throws IOException {
    try (InputStream in = Files.newInputStream(body)) {
      byte[] start = in.readNBytes(2);
      if (start.length < 2 || (start[0] & 0xFF) != 0x1F || (start[1] & 0xFF) != 0x8B) {
        return body;
      }
    }
    Path plain = Files.createTempFile(folder, "unpacked", ".part");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(body), 64 << 10);
        OutputStream out = Files.newOutputStream(plain)) {
      byte[] buffer = new byte[64 << 10];
      long written = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        written += read;
        if (written > within.bytes()) {
          throw new IOException("unpacks to more than " + size(within.bytes()));
        }
        if (System.nanoTime() > deadline) {
          throw new IOException("takes too long to unpack");
        }
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      Files.deleteIfExists(plain);
      throw e;
    } finally {
      Files.deleteIfExists(body);
    }
    return plain;
  }

  /** What is kept of one address: a body, and beside it what is known of it. */
  private static final class Entry {
    private final URI asked;
    private final Path folder;
    private final Path body;
    private final Path notes;
    private final Properties known = new Properties();

    private Entry(URI asked, Path folder) {
      String name = hash(asked.toString());
      this.asked = asked;
      this.folder = folder;
      this.body = folder.resolve(name);
      this.notes = folder.resolve(name + ".properties");
    }

    static Entry of(Path folder, URI asked) {
      Entry entry = new Entry(asked, folder);
      try (Reader in = Files.newBufferedReader(entry.notes, StandardCharsets.UTF_8)) {
        entry.known.load(in);
        boolean whole =
            asked.toString().equals(entry.known.getProperty("asked"))
                && String.valueOf(Files.size(entry.body)).equals(entry.known.getProperty("size"));
        if (!whole) {
          entry.known.clear();
        }
      } catch (IOException | IllegalArgumentException e) {
        // Nothing is kept, or half of it: then it is fetched like the first time.
        entry.known.clear();
      }
      return entry;
    }

    private static String hash(String text) {
      try {
        byte[] digest =
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, 16);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }

    Path folder() {
      return folder;
    }

    /** The headers that ask for the document only if it has changed (RFC 9110, 13.1). */
    Map<String, String> validators() {
      Map<String, String> headers = new LinkedHashMap<>();
      String tag = known.getProperty("etag");
      if (tag != null) {
        headers.put("If-None-Match", tag);
      }
      String modified = known.getProperty("modified");
      if (modified != null) {
        headers.put("If-Modified-Since", modified);
      }
      return headers;
    }

    /** Forgets the version that is kept. */
    void drop() throws IOException {
      Files.deleteIfExists(notes);
      Files.deleteIfExists(body);
    }

    /** The version that is kept; null if there is none. */
    @Nullable Fetched kept(@Nullable String stale) {
      String address = known.getProperty("address");
      if (address == null) {
        return null;
      }
      String why =
          stale == null
              ? null
              : stale + "; what was fetched at " + known.getProperty("fetched") + " is used";
      return new Fetched(body, URI.create(address), known.getProperty("type", ""), why);
    }

    Fetched keep(HttpHeaders headers, URI address, Path content) throws IOException {
      known.clear();
      known.setProperty("asked", asked.toString());
      known.setProperty("address", address.toString());
      known.setProperty("size", String.valueOf(Files.size(content)));
      known.setProperty("fetched", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
      headers.firstValue("content-type").ifPresent(type -> known.setProperty("type", type));
      headers.firstValue("etag").ifPresent(tag -> known.setProperty("etag", tag));
      headers.firstValue("last-modified").ifPresent(time -> known.setProperty("modified", time));
      // Old notes go first and new ones come last, so that no notes ever speak of another body.
      Path part = Files.createTempFile(folder(), "notes", ".part");
      try (Writer out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
        known.store(out, null);
      }
      Files.deleteIfExists(notes);
      Files.move(content, body, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, notes, StandardCopyOption.REPLACE_EXISTING);
      return new Fetched(body, address, known.getProperty("type", ""), null);
    }
  }

  @Override
  public void close() {
    open.forEach(WebRequest::close);
    Path cache = folder;
    if (temporary && cache != null) {
      try (Stream<Path> files = Files.walk(cache)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        // What the system keeps for temporary files, it clears.
        asked.clear();
      }
    }
  }
}
