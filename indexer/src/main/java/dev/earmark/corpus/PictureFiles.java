package dev.earmark.corpus;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which files are pictures of an episode or a show, by their names: {@code 042.jpg} beside {@code
 * 042.mp3}, {@code 042-poster.png}, and {@code cover}, {@code folder}, {@code artwork} and their
 * kin in a folder. What a file holds, {@link ThumbnailMaker} sees.
 */
final class PictureFiles {
  /** The forms in the order in which they are taken; SVG only to be told that it is not. */
  private static final List<String> FORMS =
      List.of("jpg", "jpeg", "png", "webp", "gif", "jfif", "svg", "avif");

  /** What players and download programs look for in a folder, in the order they are taken. */
  private static final List<String> GENERAL =
      List.of(
          "cover",
          "folder",
          "artwork",
          "poster",
          "front",
          "albumart",
          "album",
          "thumbnail",
          "logo");

  private static final Set<String> ENDINGS =
      Set.of("", "-cover", "-poster", "-thumb", "-thumbnail", "-artwork", "_cover", "_thumb");

  private PictureFiles() {}

  private static String form(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static String base(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return key(dot <= 0 ? name : name.substring(0, dot));
  }

  private static String key(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  private static Set<String> stems(Path file) {
    Set<String> stems = new LinkedHashSet<>();
    stems.add(key(CorpusScanner.stem(file)));
    String base = base(file);
    for (String ending : ENDINGS) {
      if (base.endsWith(ending)) {
        stems.add(base.substring(0, base.length() - ending.length()));
      }
    }
    return stems;
  }

  /** The pictures of a folder by the stems of the episodes that they may be of. */
  static Map<String, List<SourceRef>> byStem(List<Path> files) {
    Map<String, List<SourceRef>> pictures = new HashMap<>();
    for (Path file : files) {
      if (FORMS.contains(form(file))) {
        for (String stem : stems(file)) {
          pictures
              .computeIfAbsent(stem, key -> new ArrayList<>())
              .add(new SourceRef.LocalFile(file));
        }
      }
    }
    return pictures;
  }

  /** The pictures of the episode of this stem. */
  static List<SourceRef> of(String stem, Map<String, List<SourceRef>> byStem) {
    return byStem.isEmpty() ? List.of() : byStem.getOrDefault(key(stem), List.of());
  }

  /** The pictures of the whole folder among its files, the best first. */
  static List<SourceRef> general(List<Path> files) {
    return files.stream()
        .filter(file -> FORMS.contains(form(file)) && GENERAL.contains(base(file)))
        .sorted(
            Comparator.comparing((Path file) -> GENERAL.indexOf(base(file)))
                .thenComparing(file -> FORMS.indexOf(form(file))))
        .<SourceRef>map(SourceRef.LocalFile::new)
        .toList();
  }
}
