/**
 * Packages of apps that grant root, that are of no use without it, or that hide it, as their makers publish them: the
 * projects' repositories and shops.
 */
const rootPackages: ReadonlySet<string> = new Set([
  // They grant root.
  'com.topjohnwu.magisk',
  'io.github.vvb2060.magisk',
  'io.github.huskydg.magisk',
  'me.weishu.kernelsu',
  'com.rifsxd.ksunext',
  'me.bmax.apatch',
  'eu.chainfire.supersu',
  'eu.chainfire.supersu.pro',
  'com.koushikdutta.superuser',
  'com.noshufou.android.su',
  'com.noshufou.android.su.elite',
  'com.thirdparty.superuser',
  'com.yellowes.su',
  'com.kingroot.kinguser',
  'com.kingo.root',
  'com.smedialink.oneclickroot',
  'com.zhiqupk.root.global',
  'com.alephzain.framaroot',
  // They need it.
  'com.koushikdutta.rommanager',
  'com.koushikdutta.rommanager.license',
  'com.chelpus.luckypatcher',
  'com.chelpus.lackypatch',
  'com.dimonvideo.luckypatcher',
  'stericson.busybox',
  'org.lsposed.manager',
  'de.robv.android.xposed.installer',
  'com.saurik.substrate',
  'com.keramidas.TitaniumBackup',
  // They hide it.
  'com.devadvance.rootcloak',
  'com.devadvance.rootcloakplus',
  'com.amphoras.hidemyroot',
  'com.amphoras.hidemyrootadfree',
  'com.formyhm.hideroot',
  'com.formyhm.hiderootPremium',
  'com.zachspong.temprootremovejb',
  'com.ramdroid.appquarantine',
]);

/** Whether an installed package is one of an app for root. */
export const isRootPackage = (name: string): boolean => rootPackages.has(name);
