"""All addresses of the site. Pages of the CMS come last: they take whatever is left."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from common.cover_views import cover
from common.media import serve_media
from common.reading_views import choose_reading
from forum.views.pictures import show as show_picture
from pages.views import city_styles, robots, serve_page, share_picture, sitemap, untranslated
from search import embedding

handler400 = "common.errors.bad_request"
handler500 = "common.errors.server_error"

urlpatterns = [
    path("robots.txt", robots, name="robots"),
    re_path(r"^covers/(?P<kind>[a-z]{1,20})/(?P<seed>[0-9a-f]{16})\.svg$", cover, name="cover"),
    path("forum/pictures/<uuid:key>.webp", show_picture, name="forum_picture"),
    path("reading/", choose_reading, name="reading"),
    path("embed.js", embedding.script, name="embed_script"),
    path("city.css", city_styles, name="city_styles"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap, name="sitemap_part"),
    re_path(r"^share/(?P<page_id>[0-9]{1,15})-(?P<mark>[0-9a-f]{16})\.jpg$", share_picture, name="share_picture"),
    path("api/v1/", include("config.api")),
    path("cms/", include("accounts.cms_urls")),
    path("cms/", include(wagtailadmin_urls)),
    path("accounts/", include("accounts.social_urls")),
    path("documents/", include(wagtaildocs_urls)),
]
if not settings.S3_BUCKET:
    urlpatterns.append(path(f"{settings.MEDIA_URL.lstrip('/')}<path:path>", serve_media, name="media"))
urlpatterns += i18n_patterns(
    path("", include("accounts.urls")),
    path("search/", include("search.urls")),
    path("embed/", embedding.frame, name="embed"),
    path("forum/", include("forum.urls")),
    path("notices/", include("notices.urls")),
    path("untranslated/<int:page_id>/", untranslated, name="untranslated"),
    *wagtail_urls.urlpatterns[:-1],
    re_path(wagtail_urls.serve_pattern, serve_page, name="wagtail_serve"),
)
