package cn.ganye.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** What runs by the clock: a failure is told in a line, and the next turn comes all the same. */
@Configuration(proxyBeanMethods = false)
class Background {
  private static final Logger LOG = LoggerFactory.getLogger(Background.class);
  private static final int THREADS = 3;

  @Bean
  ThreadPoolTaskScheduler taskScheduler() {
    ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
    scheduler.setPoolSize(THREADS);
    scheduler.setThreadNamePrefix("background-");
    scheduler.setErrorHandler(
        failure -> LOG.warn("background work failed: {}", failure.getClass().getSimpleName()));
    return scheduler;
  }
}
