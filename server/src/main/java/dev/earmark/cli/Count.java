package dev.earmark.cli;

import java.util.Locale;

/** Numbers as people write them: {@code 1 episode}, {@code 4,368 episodes}. */
final class Count {
  private Count() {}

  static String of(long number, String thing) {
    return String.format(Locale.ROOT, "%,d %s%s", number, thing, number == 1 ? "" : "s");
  }
}
