package dev.earmark.bench;

import dev.earmark.model.Cue;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** SQLite's FTS5 with a row a caption: what the common tools do. */
final class SqliteCaptions implements Contender {
  private final Connection connection;
  private final PreparedStatement best;
  private final PreparedStatement bestInEpisode;
  private final PreparedStatement count;
  private final PreparedStatement countInEpisode;

  private SqliteCaptions(Connection connection) throws SQLException {
    this.connection = connection;
    String columns = "SELECT start, snippet(captions, 0, '', '', '…', 20) FROM captions ";
    String match = "WHERE captions MATCH ? ";
    String inEpisode = "AND episode = ? ";
    String order = "ORDER BY rank LIMIT 20";
    best = connection.prepareStatement(columns + match + order);
    bestInEpisode = connection.prepareStatement(columns + match + inEpisode + order);
    count = connection.prepareStatement("SELECT count(*) FROM captions " + match);
    countInEpisode =
        connection.prepareStatement("SELECT count(*) FROM captions " + match + inEpisode);
  }

  private static Connection connect(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  /** Writes the captions of episodes, by the episode's id, in one transaction. */
  static void index(Path file, Map<String, List<Cue>> captions) throws IOException {
    try (Connection connection = connect(file);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE VIRTUAL TABLE captions USING fts5(text, episode UNINDEXED, start UNINDEXED)");
      connection.setAutoCommit(false);
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO captions VALUES (?, ?, ?)")) {
        for (Map.Entry<String, List<Cue>> episode : captions.entrySet()) {
          for (Cue cue : episode.getValue()) {
            insert.setString(1, cue.text());
            insert.setString(2, episode.getKey());
            insert.setLong(3, cue.span().startMs());
            insert.addBatch();
          }
          insert.executeBatch();
        }
      }
      connection.commit();
    } catch (SQLException e) {
      throw new IOException("SQLite could not index", e);
    }
  }

  static SqliteCaptions open(Path file) throws IOException {
    try {
      return new SqliteCaptions(connect(file));
    } catch (SQLException e) {
      throw new IOException("SQLite could not be opened", e);
    }
  }

  @Override
  public long search(Ask ask) throws IOException {
    String words =
        switch (ask.kind()) {
          case TERM, ALL_OF_TWO -> quoted(ask, " ");
          case ANY_OF_FOUR -> quoted(ask, " OR ");
          case PHRASE, PHRASE_IN_EPISODE -> '"' + String.join(" ", ask.words()) + '"';
        };
    try {
      try (ResultSet rows = run(ask, words, best, bestInEpisode)) {
        while (rows.next()) {
          rows.getString(2);
        }
      }
      try (ResultSet rows = run(ask, words, count, countInEpisode)) {
        rows.next();
        return rows.getLong(1);
      }
    } catch (SQLException e) {
      throw new IOException("SQLite could not search for " + words, e);
    }
  }

  private static String quoted(Ask ask, String between) {
    return ask.words().stream().map(word -> '"' + word + '"').collect(Collectors.joining(between));
  }

  private static ResultSet run(
      Ask ask, String words, PreparedStatement anywhere, PreparedStatement inEpisode)
      throws SQLException {
    PreparedStatement statement = ask.episode() == null ? anywhere : inEpisode;
    statement.setString(1, words);
    if (ask.episode() != null) {
      statement.setString(2, ask.episode());
    }
    return statement.executeQuery();
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException("SQLite could not be closed", e);
    }
  }
}
