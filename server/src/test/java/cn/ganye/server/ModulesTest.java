package cn.ganye.server;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModulesTest {
  @Test
  void modules_use_each_other_only_as_they_say() {
    ApplicationModules.of(ServerApplication.class).verify();
  }
}
