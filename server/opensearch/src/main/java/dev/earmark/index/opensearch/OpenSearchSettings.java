package dev.earmark.index.opensearch;

import dev.earmark.search.ClusterProvider;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a cluster is, what the index is called there, who asks, and for how long one waits.
 *
 * @param hosts nodes of one cluster, without a path
 * @param index the name under which the index is found: an alias
 * @param login who asks
 * @param authority a file with the certificates (PEM) of the authorities to trust; null for those
 *     of Java
 * @param shards into how many parts the index is divided; null for {@value #DEFAULT_SHARDS} in a
 *     new one, and for as many as it has in one that is there
 * @param patience for how long a request is repeated that fails for a reason that may pass: nobody
 *     answers, or the cluster has too much to do
 * @param blockPatience for how long indexing waits where the cluster takes no writes because a disk
 *     is full
 */
public record OpenSearchSettings(
    List<URI> hosts,
    String index,
    Login login,
    @Nullable Path authority,
    @Nullable Integer shards,
    Duration patience,
    Duration blockPatience) {
  public static final String DEFAULT_INDEX = "earmark";

  public static final int DEFAULT_SHARDS = ClusterProvider.DEFAULT_SHARDS;

  /** OpenSearch makes no index of more. */
  public static final int MOST_SHARDS = 1_024;

  private static final Duration DEFAULT_PATIENCE = Duration.ofMinutes(2);
  private static final Duration DEFAULT_BLOCK_PATIENCE = Duration.ofMinutes(5);

  /** As OpenSearch has it, but shorter: the names of versions are made from it. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,99}");

  /** Who asks. */
  public sealed interface Login {
    /** Anybody. */
    record Nobody() implements Login {}

    /** A user with a password. */
    record User(String name, String password) implements Login {
      @Override
      public String toString() {
        return "user " + name;
      }
    }

    /** The holder of an API key. */
    record ApiKey(String key) implements Login {
      @Override
      public String toString() {
        return "API key";
      }
    }
  }

  public OpenSearchSettings {
    hosts = List.copyOf(hosts);
  }

  /**
   * Reads addresses as a person types them: {@code http(s)://HOST[:PORT][/INDEX]}, several of one
   * cluster one by one or with commas between; the index is {@value #DEFAULT_INDEX} if none is
   * named.
   *
   * @throws IllegalArgumentException if one is no such address; the message says what would be
   *     right
   */
  public static OpenSearchSettings of(List<String> addresses) {
    List<URI> hosts = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (String each : String.join(",", addresses).split(",", -1)) {
      URI address = address(each.strip());
      hosts.add(
          URI.create(
              address.getScheme().toLowerCase(Locale.ROOT) + "://" + address.getRawAuthority()));
      String path = address.getRawPath() == null ? "" : address.getRawPath();
      String name = path.replaceAll("^/+|/+$", "");
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    if (names.size() > 1) {
      throw new IllegalArgumentException(
          "all addresses of a cluster must name the same index, got "
              + String.join(" and ", names));
    }
    String index = names.isEmpty() ? DEFAULT_INDEX : names.iterator().next();
    if (!NAME.matcher(index).matches()) {
      throw new IllegalArgumentException(
          "the name of an index has small letters, digits, -, _ and . only, got \"" + index + "\"");
    }
    return new OpenSearchSettings(
        hosts, index, new Login.Nobody(), null, null, DEFAULT_PATIENCE, DEFAULT_BLOCK_PATIENCE);
  }

  private static URI address(String text) {
    URI address;
    try {
      address = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw notAnAddress(text, e);
    }
    boolean http =
        "http".equalsIgnoreCase(address.getScheme())
            || "https".equalsIgnoreCase(address.getScheme());
    if (!http || address.getHost() == null || address.getRawQuery() != null) {
      throw notAnAddress(text, null);
    }
    if (address.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "the address of "
              + address.getHost()
              + " must not hold a password, which others could see; set EARMARK_OPENSEARCH_USER and"
              + " EARMARK_OPENSEARCH_PASSWORD instead");
    }
    return address;
  }

  private static IllegalArgumentException notAnAddress(String text, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "an address of OpenSearch is http(s)://HOST:PORT or http(s)://HOST:PORT/INDEX, got \""
            + text
            + "\"",
        cause);
  }

  /** The same for somebody. */
  public OpenSearchSettings withLogin(Login newLogin) {
    return new OpenSearchSettings(
        hosts, index, newLogin, authority, shards, patience, blockPatience);
  }

  /** The same, trusting these authorities; null for those of Java. */
  public OpenSearchSettings withAuthority(@Nullable Path newAuthority) {
    return new OpenSearchSettings(
        hosts, index, login, newAuthority, shards, patience, blockPatience);
  }

  /** The same with other times to wait. */
  public OpenSearchSettings withPatience(Duration newPatience, Duration newBlockPatience) {
    return new OpenSearchSettings(
        hosts, index, login, authority, shards, newPatience, newBlockPatience);
  }

  /**
   * The same with a number of parts; null for whichever.
   *
   * @throws IllegalArgumentException if an index cannot have so many
   */
  public OpenSearchSettings withShards(@Nullable Integer newShards) {
    if (newShards != null && (newShards < 1 || newShards > MOST_SHARDS)) {
      throw new IllegalArgumentException(
          "an index has 1 to " + MOST_SHARDS + " shards, got " + newShards);
    }
    return new OpenSearchSettings(
        hosts, index, login, authority, newShards, patience, blockPatience);
  }

  /** The addresses, to be read by a person. */
  public String addresses() {
    return String.join(", ", hosts.stream().map(URI::toString).toList());
  }
}
