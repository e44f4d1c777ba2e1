"""Khmer first, English, Simplified Chinese; times kept in UTC and shown in Phnom Penh."""

from .environment import BASE_DIR

LANGUAGE_CODE = "km"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("km", "ខ្មែរ"), ("en", "English"), ("zh-hans", "简体中文")]
MODELTRANSLATION_LANGUAGES = ("km", "en", "zh-hans")
MODELTRANSLATION_DEFAULT_LANGUAGE = "km"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("km", "en", "zh-hans")
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "portal.formats"
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
# Slugs are ASCII and shared by all locales: slugify() drops Khmer vowels, so that two words collide.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# Publishing an edited source must not put source text on live translations.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
TIME_ZONE = "Asia/Phnom_Penh"
USE_TZ = True
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
