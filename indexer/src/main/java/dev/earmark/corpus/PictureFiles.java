package dev.earmark.corpus;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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

  /** Whether a file is a picture of the episode of this stem. */
  static boolean isOf(String stem, Path file) {
    if (!FORMS.contains(form(file))) {
      return false;
    }
    String of = key(stem);
    String base = base(file);
    return (base.startsWith(of) && ENDINGS.contains(base.substring(of.length())))
        || key(CorpusScanner.stem(file)).equals(of);
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
