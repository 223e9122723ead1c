package cn.ganye.server;

import java.time.Duration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The pages of {@code web}: one document for every address that the browser's own router knows, and
 * files whose names change with their content.
 */
@Configuration(proxyBeanMethods = false)
class Pages implements WebMvcConfigurer {
  private static final String[] ADDRESSES = {
    "/",
    "/sign-in",
    "/password",
    "/overview",
    "/map",
    "/analysis",
    "/analysis/*",
    "/people",
    "/people/*",
    "/employers",
    "/employers/*",
    "/intake",
    "/accounts",
    "/audit"
  };

  @Override
  public void addViewControllers(ViewControllerRegistry registry) {
    for (String address : ADDRESSES) {
      registry.addViewController(address).setViewName("forward:/index.html");
    }
  }

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/assets/**")
        .addResourceLocations("classpath:/static/assets/")
        .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).immutable());
    registry
        .addResourceHandler("/index.html", "/icon.svg")
        .addResourceLocations("classpath:/static/")
        .setCacheControl(CacheControl.noCache());
  }
}
