package dev.earmark.publish;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where what the server answers at an address lies in a site: {@code /e/some-id?t=835} is {@code
 * e/some-id.html?t=835}. What is no part of the site has no place there. Not thread-safe.
 */
final class SiteAddresses {
  static final String SEARCH = "search.html";
  private static final int LONGEST_NAME = 80;

  /** What the search in the browser can narrow by. */
  private static final Set<String> ASKED =
      Set.of("q", "speaker", "show", "topic", "kind", "episode");

  /** What may be left out of a search without making it another. */
  private static final Set<String> MANNER = Set.of("group", "sort", "limit", "typing");

  /** What an episode's page reads in its address by itself. */
  private static final Set<String> OF_A_MOMENT = Set.of("t", "q");

  private final Map<String, String> files = new HashMap<>();

  /**
   * Says where something lies.
   *
   * @param address of the server, as pages write it, but for a time and a query
   */
  void put(String address, String file) {
    files.put(address, file);
  }

  /**
   * The file, with what follows it in an address; null if the site has none.
   *
   * @param address begins with a slash
   */
  @Nullable String of(String address) {
    int hash = address.indexOf('#');
    String fragment = hash < 0 ? "" : address.substring(hash);
    String rest = hash < 0 ? address : address.substring(0, hash);
    String known = files.get(rest);
    if (known != null) {
      return known + fragment;
    }
    int question = rest.indexOf('?');
    String path = question < 0 ? rest : rest.substring(0, question);
    List<String> parameters =
        question < 0 ? List.of() : List.of(rest.substring(question + 1).split("&"));
    if (path.equals("/")) {
      return search(parameters);
    }
    if (path.startsWith("/assets/")) {
      return rest.substring(1);
    }
    String file = files.get(path);
    boolean ofMoment = parameters.stream().allMatch(one -> OF_A_MOMENT.contains(name(one)));
    return file == null || !ofMoment ? null : file + with(parameters.stream()) + fragment;
  }

  private static @Nullable String search(List<String> parameters) {
    boolean can =
        parameters.stream()
            .map(SiteAddresses::name)
            .allMatch(name -> ASKED.contains(name) || MANNER.contains(name));
    String asked = with(parameters.stream().filter(one -> ASKED.contains(name(one))));
    return can && !asked.isEmpty() ? SEARCH + asked : null;
  }

  private static String name(String parameter) {
    int equals = parameter.indexOf('=');
    return equals < 0 ? parameter : parameter.substring(0, equals);
  }

  private static String with(Stream<String> parameters) {
    String joined = parameters.collect(Collectors.joining("&"));
    return joined.isEmpty() ? "" : "?" + joined;
  }

  /** A search as a page of the server has it. */
  static String searchOf(String facet, String value) {
    return "/?" + facet + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /**
   * A name as that of a file, the same on every system: small letters, digits and signs of ASCII.
   * Where that leaves something out, a hash of the whole tells it from others.
   */
  static String fileName(String name) {
    String plain =
        Normalizer.normalize(name, Normalizer.Form.NFKD)
            .toLowerCase(Locale.ROOT)
            .replaceAll("\\p{M}+", "")
            .replaceAll("[^a-z0-9._-]+", "-")
            .replaceAll("^[.-]+|[.-]+$", "");
    if (plain.equals(name) && plain.length() <= LONGEST_NAME && !plain.isEmpty()) {
      return plain;
    }
    String cut = plain.length() <= LONGEST_NAME ? plain : plain.substring(0, LONGEST_NAME);
    return (cut.isEmpty() ? "" : cut + "-") + hash(name);
  }

  private static String hash(String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, 10);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** What an encoded part of an address says. */
  static String decode(String part) {
    return URLDecoder.decode(part, StandardCharsets.UTF_8);
  }
}
