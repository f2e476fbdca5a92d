/**
 * The command line: the only place that reads the environment, prints and exits.
 *
 * <p>Results go to standard output, progress and messages to standard error. Exit 0 is done, 1
 * failed, 2 wrong usage, 3 unsupported format.
 */
@NullMarked
package dev.earmark.cli;

import org.jspecify.annotations.NullMarked;
