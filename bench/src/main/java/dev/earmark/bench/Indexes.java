package dev.earmark.bench;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Where the indexes of one input are.
 *
 * @param earmark a folder
 * @param floor bare Lucene's folder
 * @param captions SQLite's file
 */
record Indexes(Path earmark, Path floor, Path captions) {
  static Indexes in(Workspace workspace) {
    return new Indexes(
        workspace.folder("earmark"), workspace.folder("lucene"), workspace.folder("captions.db"));
  }

  EarmarkContender openEarmark() throws IOException {
    return EarmarkContender.open(earmark);
  }

  Contender openFloor() throws IOException {
    return LuceneFloor.open(floor);
  }

  Contender openCaptions() throws IOException {
    return SqliteCaptions.open(captions);
  }
}
