package dev.earmark.corpus;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Predicate;

/**
 * Tells the addresses of the public internet from all others.
 *
 * <p>Whoever writes a feed chooses what is requested from this machine. So everything that only
 * this machine or its neighbours can reach is not public: the machine itself, private and local
 * networks, the fixed addresses at which clouds keep their secrets (link-local), and what the IANA
 * special-purpose registries (RFC 6890) set apart. An address of version 6 that carries one of
 * version 4 is judged by that.
 */
final class PublicAddresses {
  private PublicAddresses() {}

  static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address ? isPublic4(bytes, 0) : isPublic6(bytes);
  }

  private static boolean isPublic4(byte[] bytes, int from) {
    int a = bytes[from] & 0xFF;
    int b = bytes[from + 1] & 0xFF;
    int c = bytes[from + 2] & 0xFF;
    return switch (a) {
      case 0, 10, 127 -> false;
      // Shared between a provider and its customers (RFC 6598).
      case 100 -> b < 64 || b > 127;
      case 169 -> b != 254;
      case 172 -> b < 16 || b > 31;
      // Protocol assignments, documentation, 6to4 relays, private.
      case 192 -> !((b == 0 && (c == 0 || c == 2)) || (b == 88 && c == 99) || b == 168);
      // Benchmarks (RFC 2544) and documentation.
      case 198 -> !(b == 18 || b == 19 || (b == 51 && c == 100));
      case 203 -> !(b == 0 && c == 113);
      default -> a < 224;
    };
  }

  private static boolean isPublic6(byte[] bytes) {
    int first = ((bytes[0] & 0xFF) << 8) | (bytes[1] & 0xFF);
    int second = ((bytes[2] & 0xFF) << 8) | (bytes[3] & 0xFF);
    if (first == 0x0064 && second == 0xFF9B && isZero(bytes, 4, 12)) {
      return isPublic4(bytes, 12);
    }
    if (first == 0x2002) {
      return isPublic4(bytes, 2);
    }
    // Global unicast is 2000::/3; in it 2001::/23 is protocols, 2001:db8::/32 and 3fff::/20 are
    // documentation.
    boolean global = (first & 0xE000) == 0x2000;
    boolean protocols = first == 0x2001 && second < 0x0200;
    boolean documentation =
        (first == 0x2001 && second == 0x0DB8) || (first == 0x3FFF && second < 0x1000);
    return global && !protocols && !documentation;
  }

  private static boolean isZero(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * The addresses of a host. One of which any is not public is refused, since whoever answers for
   * its name may mean that one.
   *
   * @throws UnknownHostException if the host has no address, or one that is not public
   */
  static List<InetAddress> of(String host) throws UnknownHostException {
    return checked(host, any(host), PublicAddresses::isPublic);
  }

  /** Some addresses of a host, if all of them are allowed. */
  static List<InetAddress> checked(
      String host, List<InetAddress> all, Predicate<InetAddress> allowed)
      throws NotPublicException {
    for (InetAddress address : all) {
      if (!allowed.test(address)) {
        throw new NotPublicException(
            host
                + " is at the private address "
                + address.getHostAddress()
                + "; allow it with --allow-private");
      }
    }
    return all;
  }

  /** The addresses of a host, whatever they are. */
  static List<InetAddress> any(String host) throws UnknownHostException {
    try {
      return List.of(InetAddress.getAllByName(unbracketed(host)));
    } catch (UnknownHostException e) {
      UnknownHostException clear = new UnknownHostException("there is no host " + host);
      clear.initCause(e);
      throw clear;
    }
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /** A host that is there, and not to be asked. */
  static final class NotPublicException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    NotPublicException(String message) {
      super(message);
    }
  }
}
