from pages.models.content import HomePage, StandardPage
from pages.models.settings import CitySettings, CityWords, Menu, MenuItem

__all__ = ["CitySettings", "CityWords", "HomePage", "Menu", "MenuItem", "StandardPage"]
