package dev.earmark.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Sees every request from its first byte to the last of its answer, also where the client hangs up
 * on the way, and tells the metrics and the log. Thread-safe.
 */
final class Observation implements Filter {
  private final Metrics metrics;
  private final RequestLog log;

  Observation(Metrics metrics, RequestLog log) {
    this.metrics = metrics;
    this.log = log;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest asked = (HttpServletRequest) request;
    HttpServletResponse answer = (HttpServletResponse) response;
    long start = System.nanoTime();
    metrics.begin();
    try {
      chain.doFilter(request, response);
    } finally {
      long tookNanos = System.nanoTime() - start;
      metrics.end(asked.getRequestURI(), answer.getStatus(), tookNanos);
      log.log(asked, answer.getStatus(), tookNanos);
    }
  }
}
