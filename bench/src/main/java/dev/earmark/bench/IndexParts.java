package dev.earmark.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/** What the bytes of a Lucene index are spent on. */
final class IndexParts {
  private IndexParts() {}

  /** The bytes of the last commit by part. */
  static Map<String, Long> of(Path folder) throws IOException {
    Map<String, Long> parts = new TreeMap<>();
    try (Directory directory = FSDirectory.open(folder)) {
      for (SegmentCommitInfo segment : SegmentInfos.readLatestCommit(directory)) {
        if (segment.info.getUseCompoundFile()) {
          try (Directory compound =
              segment.info.getCodec().compoundFormat().getCompoundReader(directory, segment.info)) {
            for (String file : compound.listAll()) {
              parts.merge(part(file), compound.fileLength(file), Long::sum);
            }
          }
        } else {
          for (String file : segment.files()) {
            parts.merge(part(file), directory.fileLength(file), Long::sum);
          }
        }
      }
    }
    return parts;
  }

  private static String part(String file) {
    String ending = file.substring(file.lastIndexOf('.') + 1);
    return switch (ending) {
      case "tim", "tip", "tmd", "doc", "psm" -> "terms";
      case "pos", "pay" -> "positions";
      case "fdt", "fdx", "fdm" -> "stored";
      case "dvd", "dvm" -> "doc values";
      case "kdd", "kdi", "kdm" -> "points";
      default -> "rest";
    };
  }
}
