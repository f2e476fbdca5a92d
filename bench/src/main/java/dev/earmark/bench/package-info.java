/**
 * The bench: measures Earmark as somebody who uses it would meet it.
 *
 * <p>{@code quality} asks questions whose answers are known and says how high the right moment
 * stands; {@code align} takes times away and has them put back. The others measure what it costs:
 *
 * <ul>
 *   <li>{@code speed}: indexing, searching in process and over HTTP, and changing, beside {@link
 *       dev.earmark.bench.Contender contenders} that get the same input in the same run: bare
 *       Lucene, which is the floor, SQLite, which is what one would have instead, and an empty
 *       answer.
 *   <li>{@code growth}: the same of us alone, for a corpus and one ten times its size.
 *   <li>{@code start} and {@code heap}: the launcher and a server as processes of their own.
 *   <li>{@code hostile}: the dearest requests, in processor time of such a process.
 *   <li>{@code cluster}: the same in clusters of OpenSearch as embedded, on nodes it starts itself.
 *   <li>{@code inner}: the inner loops and the parsers, with JMH.
 *   <li>{@code generate}: episodes of any number to measure on ({@link
 *       dev.earmark.bench.EpisodeMaker}).
 * </ul>
 *
 * <p>All print tables, with what was to be reached ({@link dev.earmark.bench.Goals}), and write
 * them as JSON. Input goes in through the front door and is searched through {@link
 * dev.earmark.search.SearchEngine}; nothing here is seen by the product, and nothing in the product
 * knows of a data set here.
 */
@NullMarked
package dev.earmark.bench;

import org.jspecify.annotations.NullMarked;
