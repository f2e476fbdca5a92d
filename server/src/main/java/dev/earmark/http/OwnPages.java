package dev.earmark.http;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Which pages may have a reader's browser ask for what is not for everybody: those of this server.
 *
 * @param isPrivate whether only this machine can reach the server: then a page may ask only by a
 *     name of this machine, since the name of another site can be made to lead here, too
 */
record OwnPages(boolean isPrivate) {

  /**
   * Whether a request may be answered.
   *
   * @param origin its {@code Origin}; null where no page asks
   * @param host its {@code Host}
   */
  boolean mayAsk(@Nullable String origin, @Nullable String host) {
    if (origin == null) {
      return true;
    }
    URI page = address(origin);
    return page != null
        && host != null
        && host.equalsIgnoreCase(page.getRawAuthority())
        && (!isPrivate || isOfThisMachine(page.getHost()));
  }

  /** What to say to others. */
  String refusal() {
    return "only pages of this server may ask; leave the Origin header out, or call the server by"
        + " the name in it"
        + (isPrivate ? ", which must be one of this machine unless serve has --behind-proxy" : "");
  }

  /** Whether a page comes from a server on this machine, be it another. */
  static boolean areOfThisMachine(String origin) {
    URI page = address(origin);
    return page != null && isOfThisMachine(page.getHost());
  }

  /** Whether a host is a name or an address by which a machine calls itself. */
  static boolean isOfThisMachine(@Nullable String host) {
    return host != null
        && (host.equalsIgnoreCase("localhost") || host.matches("127(\\.\\d{1,3}){3}|\\[?::1]?"));
  }

  private static @Nullable URI address(String origin) {
    try {
      return URI.create(origin);
    } catch (IllegalArgumentException noAddress) {
      return null;
    }
  }
}
