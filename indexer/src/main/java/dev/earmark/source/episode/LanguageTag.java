package dev.earmark.source.episode;

import java.util.IllformedLocaleException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Takes a language from a source if it is a BCP 47 tag, and only then. */
public final class LanguageTag {
  private static final int LONGEST = 35;

  private LanguageTag() {}

  /** The tag without space about it; null for {@code English} and whatever else is no tag. */
  public static @Nullable String orNull(String written) {
    String tag = written.strip().replace('_', '-');
    if (tag.isEmpty() || tag.length() > LONGEST) {
      return null;
    }
    try {
      String language = new Locale.Builder().setLanguageTag(tag).build().getLanguage();
      return language.length() == 2 || language.length() == 3 ? tag : null;
    } catch (IllformedLocaleException e) {
      return null;
    }
  }
}
