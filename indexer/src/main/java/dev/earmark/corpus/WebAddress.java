package dev.earmark.corpus;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Reads the addresses of the web as feeds write them, spaces and other letters included. */
final class WebAddress {
  /** Longer addresses are taken for something else. In UTF-16 units. */
  private static final int LONGEST = 4_000;

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private WebAddress() {}

  /** An absolute http or https address with a host and nothing after {@code #}. */
  static Optional<URI> parse(String text) {
    return read(text).flatMap(WebAddress::ofWeb);
  }

  /** An address that may be relative to another. */
  static Optional<URI> resolve(URI base, String text) {
    return read(text).map(base::resolve).flatMap(WebAddress::ofWeb);
  }

  /** Whether a reference names a scheme or a host, so that it leads away from the file it is in. */
  static boolean isAbsolute(String text) {
    return read(text).map(uri -> uri.isAbsolute() || uri.getRawAuthority() != null).orElse(true);
  }

  private static Optional<URI> ofWeb(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean web = scheme.equals("http") || scheme.equals("https");
    if (!web || uri.getHost() == null || uri.getHost().isEmpty() || uri.getPort() > 65_535) {
      return Optional.empty();
    }
    String whole = uri.toString();
    int fragment = whole.indexOf('#');
    return Optional.of(fragment < 0 ? uri : URI.create(whole.substring(0, fragment)));
  }

  private static Optional<URI> read(String text) {
    String clean = text.strip();
    if (clean.isEmpty() || clean.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      return Optional.of(new URI(escaped(asciiHost(clean))));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A host in other letters as the name system knows it (RFC 3490). */
  private static String asciiHost(String text) {
    int from = text.indexOf("://");
    if (from < 0) {
      return text;
    }
    from += 3;
    int to = from;
    boolean ascii = true;
    while (to < text.length() && "/?#:".indexOf(text.charAt(to)) < 0) {
      ascii &= text.charAt(to) < 0x80;
      to++;
    }
    return ascii
        ? text
        : text.substring(0, from) + IDN.toASCII(text.substring(from, to)) + text.substring(to);
  }

  /** What an address may not hold as it stands, as its bytes in percent signs (RFC 3986, 2.1). */
  private static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int width = Character.charCount(c);
      boolean percent =
          c == '%'
              && i + 2 < text.length()
              && HexFormat.isHexDigit(text.charAt(i + 1))
              && HexFormat.isHexDigit(text.charAt(i + 2));
      boolean allowed = c > 0x20 && c < 0x7F && "\"<>\\^`{|}%".indexOf(c) < 0;
      if (allowed || percent) {
        out.append((char) c);
      } else {
        for (byte b : text.substring(i, i + width).getBytes(StandardCharsets.UTF_8)) {
          out.append('%');
          HEX.toHexDigits(out, b);
        }
      }
      i += width;
    }
    return out.toString();
  }
}
