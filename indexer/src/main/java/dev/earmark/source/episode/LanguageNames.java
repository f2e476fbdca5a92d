package dev.earmark.source.episode;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns what sources say of their language into a BCP 47 tag. */
public final class LanguageNames {
  private static final Set<String> CODES = Set.of(Locale.getISOLanguages());
  private static final Map<String, String> BY_ENGLISH_NAME = new HashMap<>();
  private static final Map<String, String> BY_THREE_LETTERS = new HashMap<>();

  static {
    for (String code : CODES) {
      String name = Locale.of(code).getDisplayLanguage(Locale.ENGLISH);
      BY_ENGLISH_NAME.put(name.toLowerCase(Locale.ROOT), code);
      BY_THREE_LETTERS.put(Locale.of(code).getISO3Language(), code);
    }
  }

  private LanguageNames() {}

  /**
   * The tag for {@code en}, {@code eng}, {@code en_us}, {@code pt-BR} or {@code English}; null if
   * it is none.
   */
  public static @Nullable String tag(@Nullable String language) {
    if (language == null || language.length() > 40) {
      return null;
    }
    String clean = language.strip().replace('_', '-');
    String known = BY_ENGLISH_NAME.get(clean.toLowerCase(Locale.ROOT));
    if (known != null) {
      return known;
    }
    int hyphen = clean.indexOf('-');
    String primary = (hyphen < 0 ? clean : clean.substring(0, hyphen)).toLowerCase(Locale.ROOT);
    if (!CODES.contains(primary) && primary.length() != 3) {
      return null;
    }
    String shorter = BY_THREE_LETTERS.get(primary);
    if (shorter != null) {
      clean = shorter + clean.substring(primary.length());
    }
    String tag = Locale.forLanguageTag(clean).toLanguageTag();
    return tag.equals("und") ? null : tag;
  }

  /** The language in a file name such as {@code talk.es.md}; null if there is none. */
  public static @Nullable String ofFileName(String name) {
    int extension = name.lastIndexOf('.');
    int before = extension < 0 ? -1 : name.lastIndexOf('.', extension - 1);
    if (before < 0) {
      return null;
    }
    String part = name.substring(before + 1, extension);
    return part.length() == 2 && CODES.contains(part) ? part : null;
  }
}
