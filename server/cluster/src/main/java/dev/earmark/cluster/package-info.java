/**
 * Starts clusters of OpenSearch, for tests and measurements only: every node a process of its own.
 *
 * <p>A node's class path is not ours, which has another Lucene. It is written to a file when this
 * module is built with its tests, and a node's {@code main}, which alone knows OpenSearch's
 * classes, stands among these ({@code ClusterNode}). Nothing of OpenSearch is fetched by a build
 * that skips tests.
 */
@NullMarked
package dev.earmark.cluster;

import org.jspecify.annotations.NullMarked;
